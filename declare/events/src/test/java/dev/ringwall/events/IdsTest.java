package dev.ringwall.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {

    private final HandClock clock = HandClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private final Ids ids = new Ids(clock);

    @Test
    void laterOnesSortAfterEarlierOnes() {
        String before = ids.next();
        for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofMillis(1 + i));
            String after = ids.next();
            assertThat(after).isGreaterThan(before);
            before = after;
        }
    }

    @Test
    void theTimeIsItsFirstTenCharacters() {
        // As in the ULID specification's example.
        assertThat(new Ids(HandClock.at(Instant.ofEpochMilli(1_469_922_850_259L))).next())
                .startsWith("01ARZ3NDEK");
    }

    @Test
    void noTwoAreTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            seen.add(ids.next());
        }
        assertThat(seen).hasSize(100_000);
    }

    @Test
    void theFormIsKnownAgain() {
        assertThat(Ids.wellFormed(ids.next())).isTrue();
        for (String bad :
                List.of(
                        "",
                        "01J9",
                        "01J9ZZZZZZZZZZZZZZZZZZZZZI",
                        "01j9zzzzzzzzzzzzzzzzzzzzzz",
                        "01J9ZZZZZZZZZZZZZZZZZZZZZZZ",
                        "01J9ZZZZZZZZZZZZZZZZZZZZ/Z")) {
            assertThat(Ids.wellFormed(bad)).as(bad).isFalse();
        }
    }
}
