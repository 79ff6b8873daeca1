package dev.ringwall.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// How often one may be refused before one is turned away, and what of it is recorded.
class JoinDoorTest {

    private final List<SecurityEvent.Administered> recorded = new ArrayList<>();
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final JoinDoor door =
            new JoinDoor(
                    new Journal(
                            event -> {
                                recorded.add((SecurityEvent.Administered) event);
                                return CompletableFuture.completedStage(
                                        new Recorder.Outcome.Kept());
                            },
                            "shop",
                            now::get),
                    now::get);

    private void refuse(String address, int times) {
        for (int i = 0; i < times; i++) {
            door.refused(address, "-", "not a join token");
        }
    }

    @Test
    void whoWasNotRefusedOftenIsHeard() {
        refuse("203.0.113.7", JoinDoor.REFUSALS_PER_WINDOW - 1);

        assertThat(door.turnsAway("203.0.113.7")).isFalse();
        assertThat(recorded).hasSize(JoinDoor.REFUSALS_PER_WINDOW - 1);
    }

    @Test
    void whoWasRefusedTooOftenIsTurnedAwayAndOthersAreNot() {
        refuse("203.0.113.7", JoinDoor.REFUSALS_PER_WINDOW);

        assertThat(door.turnsAway("203.0.113.7")).isTrue();
        assertThat(door.turnsAway("203.0.113.8")).isFalse();
    }

    @Test
    void beingTurnedAwayBecomesOneEventWithACountAndEndsWithTheWindow() {
        refuse("203.0.113.7", JoinDoor.REFUSALS_PER_WINDOW);
        for (int i = 0; i < 500; i++) {
            assertThat(door.turnsAway("203.0.113.7")).isTrue();
        }
        now.set(now.get().plus(JoinDoor.WINDOW));

        assertThat(door.turnsAway("203.0.113.7")).isFalse();
        assertThat(recorded).hasSize(JoinDoor.REFUSALS_PER_WINDOW + 1);
        assertThat(recorded.getLast().details())
                .containsEntry("times", "500")
                .containsEntry("address", "203.0.113.7");
    }

    @Test
    void manyAddressesAtOnceShareOneCount() {
        for (int i = 0; i < JoinDoor.ADDRESSES_MAX; i++) {
            refuse("2001:db8::" + Integer.toHexString(i), 1);
        }
        for (int i = 0; i < JoinDoor.REFUSALS_PER_WINDOW; i++) {
            refuse("2001:db8:1::" + Integer.toHexString(i), 1);
        }

        assertThat(door.turnsAway("2001:db8:2::1")).isTrue();
        assertThat(door.turnsAway("2001:db8::1")).isFalse();
    }
}
