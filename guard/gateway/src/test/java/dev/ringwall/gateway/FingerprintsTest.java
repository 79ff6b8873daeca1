package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.testkit.Seeds;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

    private static final int MILLION = 1 << 20;
    private static final int FEW = 4_096;
    private static final long NOW = 1_800_000_000;
    private static final long LATER = NOW + 300;

    @Test
    void whatWasSeenIsFoundUntilItEnds() {
        Fingerprints seen = new Fingerprints(FEW);
        assertThat(seen.has("a token", NOW)).isFalse();
        seen.keep("a token", LATER, NOW);
        assertThat(seen.has("a token", NOW)).isTrue();
        assertThat(seen.has("a token", LATER - 1)).isTrue();
        assertThat(seen.has("a token", LATER)).isFalse();
        assertThat(seen.has("b token", NOW)).isFalse();
    }

    @Test
    void whatHasEndedIsNotKept() {
        Fingerprints seen = new Fingerprints(FEW);
        seen.keep("a token", NOW, NOW);
        assertThat(seen.size()).isZero();
    }

    @Test
    void oneChangedCharacterIsAnotherText() {
        Seeds.each(
                200,
                random -> {
                    Fingerprints seen = new Fingerprints(FEW);
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < 600; i++) {
                        text.append((char) random.nextInt('A', 'z'));
                    }
                    seen.keep(text.toString(), LATER, NOW);
                    int at = random.nextInt(text.length());
                    text.setCharAt(at, (char) (text.charAt(at) ^ 1));
                    assertThat(seen.has(text.toString(), NOW)).isFalse();
                });
    }

    @Test
    void aMillionTakeNotMoreThanEightyMegabytes() {
        Fingerprints seen = new Fingerprints(MILLION);
        for (int i = 0; i < 1_000_000; i++) {
            seen.keep("token " + i, LATER, NOW);
        }
        int found = 0;
        for (int i = 0; i < 1_000_000; i++) {
            found += seen.has("token " + i, NOW) ? 1 : 0;
        }
        // of 256 parts a few are fuller than others and have forgotten some
        assertThat(found).isEqualTo(seen.size()).isGreaterThan(950_000);
        assertThat(seen.has("token 1000000", NOW)).isFalse();
        assertThat(seen.bytes()).isLessThan(80 << 20);
    }

    @Test
    void moreThanItHoldsPushesOthersOutAndTheLastIsAlwaysThere() {
        Fingerprints seen = new Fingerprints(FEW);
        for (int i = 0; i < 10 * FEW; i++) {
            seen.keep("token " + i, LATER, NOW);
            assertThat(seen.has("token " + i, NOW)).isTrue();
        }
        assertThat(seen.size()).isBetween(FEW / 3, FEW);
    }

    @Test
    void whatHasEndedMakesRoom() {
        Fingerprints seen = new Fingerprints(FEW);
        Set<String> alive = new HashSet<>();
        for (int round = 0; round < 100; round++) {
            long now = NOW + 300L * round;
            alive.clear();
            for (int i = 0; i < FEW / 8; i++) {
                String text = "token " + round + " " + i;
                seen.keep(text, now + 300, now);
                alive.add(text);
            }
            assertThat(alive).allMatch(text -> seen.has(text, now));
        }
        assertThat(seen.bytes()).isLessThan(2L * FEW * 40);
    }

    @Test
    void itsSizeIsAPowerOfTwo() {
        assertThatThrownBy(() -> new Fingerprints(5_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5000 entries (expected: a power of two, at least 4096)");
    }
}
