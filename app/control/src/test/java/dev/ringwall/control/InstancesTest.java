package dev.ringwall.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import dev.ringwall.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who comes onto the list that nodes call by, and who goes.
class InstancesTest {

    private static final Member A = new Member("orders", "A");
    private static final Member B = new Member("orders", "B");
    private static final Duration LOOK = Duration.ofSeconds(10);

    @TempDir Path folder;

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final List<SecurityEvent.Administered> recorded = new ArrayList<>();
    private ControlStore store;
    private Instances instances;
    private int publications;

    @BeforeEach
    void begin() {
        store = ControlStore.open(new Database.Embedded(folder.resolve("control.db")));
        instances = instances();
    }

    private Instances instances() {
        Journal journal =
                new Journal(
                        event -> {
                            recorded.add((SecurityEvent.Administered) event);
                            return CompletableFuture.completedStage(new Recorder.Outcome.Kept());
                        },
                        "shop",
                        now::get);
        return new Instances(
                store.instances(), journal, new Published(), () -> publications++, now::get);
    }

    @AfterEach
    void end() {
        store.close();
    }

    private Exchange.Answer announce(Member member, String name, String address) {
        instances.heard(member);
        return instances.announce(
                member,
                new Exchange(
                        Map.of(),
                        Json.write(new Messages.Endpoints(Map.of(name, address))),
                        Optional.of(member.name()),
                        Optional.of(member.instance()),
                        "127.0.0.1"));
    }

    /// Time passes, and the control plane looks every few seconds as it does.
    private void pass(Duration time, Member... heard) {
        for (Duration passed = Duration.ZERO;
                passed.compareTo(time) < 0;
                passed = passed.plus(LOOK)) {
            now.set(now.get().plus(LOOK));
            for (Member member : heard) {
                instances.heard(member);
            }
            instances.forgetSilent();
        }
    }

    private List<String> list() {
        return store.instances().endpoints().getOrDefault("orders", List.of());
    }

    @Test
    void anInstanceComesOntoTheListOnce() {
        assertThat(announce(A, "orders", "127.0.0.1:1")).isInstanceOf(Exchange.Answer.Done.class);
        announce(A, "orders", "127.0.0.1:1");
        announce(B, "orders", "127.0.0.1:2");

        assertThat(list()).containsExactly("127.0.0.1:1", "127.0.0.1:2");
        assertThat(publications).isEqualTo(2);
        assertThat(recorded)
                .allMatch(event -> event.act() == AdminAct.ENDPOINTS_CHANGED)
                .hasSize(2);
    }

    @Test
    void aNodeDoesNotSayWhereAnotherServiceListens() {
        assertThat(announce(A, "payments", "127.0.0.1:1"))
                .isInstanceOfSatisfying(
                        Exchange.Answer.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(403));

        assertThat(store.instances().all()).isEmpty();
        assertThat(publications).isZero();
    }

    @Test
    void whatIsNoAddressIsRefused() {
        for (String odd :
                List.of("", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "a b:1", "a:1/x")) {
            assertThat(announce(A, "orders", odd))
                    .as(odd)
                    .isInstanceOf(Exchange.Answer.Refused.class);
        }
        assertThat(list()).isEmpty();
    }

    @Test
    void whoLeavesTakesOnlyItselfOffTheList() throws InterruptedException {
        announce(A, "orders", "127.0.0.1:1");
        announce(B, "orders", "127.0.0.1:2");

        assertThat(instances.leave(A))
                .isEqualTo(new Exchange.Answer.Done(new Messages.Left(List.of("orders"))));

        assertThat(list()).containsExactly("127.0.0.1:2");
        assertThat(publications).isEqualTo(3);
        assertThat(instances.missing(A, List.of("orders"))).containsExactly("orders");
        assertThat(instances.missing(B, List.of("orders"))).isEmpty();
    }

    @Test
    void theLastOneThatLeavesStaysOnTheList() throws InterruptedException {
        announce(A, "orders", "127.0.0.1:1");

        assertThat(instances.leave(A))
                .isEqualTo(new Exchange.Answer.Done(new Messages.Left(List.of())));

        assertThat(list()).containsExactly("127.0.0.1:1");
    }

    @Test
    void whoIsNotHeardOfIsForgottenWhereAnotherOfItsServiceIs() {
        announce(A, "orders", "127.0.0.1:1");
        announce(B, "orders", "127.0.0.1:2");

        pass(Instances.FORGOTTEN_AFTER, B);
        assertThat(list()).hasSize(2);
        pass(LOOK, B);

        assertThat(list()).containsExactly("127.0.0.1:2");
        assertThat(recorded.getLast().details())
                .containsEntry("instance", "A")
                .containsEntry("gone", "not heard of");
        assertThat(publications).isEqualTo(3);
    }

    @Test
    void whereNoneIsHeardOfNoneIsForgotten() {
        announce(A, "orders", "127.0.0.1:1");
        announce(B, "orders", "127.0.0.1:2");

        pass(Instances.FORGOTTEN_AFTER.multipliedBy(3));

        assertThat(list()).hasSize(2);
    }

    @Test
    void aControlPlaneThatWasAwayGivesEverybodyTimeToBeHeardOf() {
        announce(A, "orders", "127.0.0.1:1");
        announce(B, "orders", "127.0.0.1:2");
        now.set(now.get().plus(Duration.ofHours(1)));

        instances.heard(B);
        instances.forgetSilent();
        assertThat(list()).as("the machine was held up").hasSize(2);

        instances = instances();
        pass(LOOK, B);
        assertThat(list()).as("it was started again").hasSize(2);
        pass(Instances.FORGOTTEN_AFTER, B);
        assertThat(list()).containsExactly("127.0.0.1:2");
    }

    @Test
    void whoWasForgottenComesBack() {
        announce(A, "orders", "127.0.0.1:1");
        announce(B, "orders", "127.0.0.1:2");
        pass(Instances.FORGOTTEN_AFTER.plus(LOOK), B);
        assertThat(list()).containsExactly("127.0.0.1:2");

        assertThat(instances.missing(A, List.of("orders"))).containsExactly("orders");
        announce(A, "orders", "127.0.0.1:1");

        assertThat(list()).hasSize(2);
    }
}
