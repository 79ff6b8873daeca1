package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The certificate of the public name is renewed when its authority suggests it (RFC 9773): pebble behind a front that says when.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SuggestedRenewalTest {

    @TempDir private static Path folder;

    private static CertifiedSystem system;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Pebble.isInstalled(), "pebble is missing");
        system = CertifiedSystem.under(folder);
        system.front().suggests = _ -> inAnHour();
    }

    @AfterAll
    static void stop() throws Exception {
        if (system != null) {
            system.close();
        }
    }

    private static PebbleFront.Window inAnHour() {
        return new PebbleFront.Window(
                system.now().plus(Duration.ofHours(1)),
                system.now().plus(Duration.ofHours(2)),
                "60");
    }

    private static PebbleFront.Window yesterday() {
        return new PebbleFront.Window(
                system.now().minus(Duration.ofDays(2)),
                system.now().minus(Duration.ofDays(1)),
                "0");
    }

    @Test
    @Order(1)
    void theAuthorityIsAskedOnceItHasIssuedAndAWindowThatIsAheadIsWaitedFor() throws Exception {
        system.await(() -> !system.front().asked().isEmpty());

        assertThat(system.certified()).isTrue();
        assertThat(system.front().asked().getFirst()).endsWith("." + base64Serial());
        assertThat(system.front().orders()).hasSize(1);
        assertThat(system.front().orders().getFirst()).doesNotContain("replaces");
        assertThat(system.pebble().issued()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void aWindowThatIsOverNowIsFollowedAndTheOrderSaysWhatItReplaces() throws Exception {
        String first = system.front().asked().getFirst();
        String before = system.serial();
        system.front().suggests = one -> one.equals(first) ? yesterday() : inAnHour();

        system.putForward(Duration.ofSeconds(61));
        system.await(() -> !system.serial().equals(before));

        assertThat(system.pebble().issued()).isEqualTo(2);
        assertThat(system.front().orders().getLast()).contains("\"replaces\":\"" + first + "\"");
    }

    @Test
    @Order(3)
    void whoWantsItAtOnceInEachAnswerGetsThreeOrdersADayAndItIsSaid() throws Exception {
        system.front().suggests = _ -> yesterday();
        system.front().refuses =
                asked ->
                        asked.contains("\"replaces\"")
                                ? new PebbleFront.Refusal(409, "alreadyReplaced")
                                : null;

        system.putForward(Duration.ofSeconds(61));
        system.await(() -> !system.events("renewal-held").isEmpty());

        assertThat(system.pebble().issued())
                .as("the first, and three that the authority wanted, though it took no `replaces`")
                .isEqualTo(4);
        int asked = system.front().asked().size();
        for (int more = 1; more <= 2; more++) {
            int wanted = asked + more;
            system.putForward(Duration.ofSeconds(61));
            system.await(() -> system.front().asked().size() >= wanted);
        }
        assertThat(system.pebble().issued()).isEqualTo(4);
        assertThat(system.events("renewal-held")).hasSize(1);
        system.await(() -> system.doctor().contains("after 3 early renewals within a day"));
        assertThat(system.certified()).isTrue();
    }

    @Test
    @Order(4)
    void startingAnewDoesNotMakeItForgetWhatItCounted() throws Exception {
        List<String> asked = system.front().asked();
        String before = system.serial();

        system.restart();
        system.putForward(Duration.ofSeconds(61));
        system.await(() -> system.front().asked().size() > asked.size());

        assertThat(system.serial()).isEqualTo(before);
        assertThat(system.pebble().issued()).isEqualTo(4);
        system.await(() -> !system.events("renewal-held").isEmpty());
        assertThat(system.events("renewal-held")).hasSize(1);
    }

    private static String base64Serial() throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(system.shown().getSerialNumber().toByteArray());
    }
}
