package dev.ringwall.identity;

import dev.ringwall.people.Sealing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Words of the provider that proofs must repeat, so that none can be made beforehand for a time to come (RFC 9449 §8, §11.2). A word is the
/// time at which it was given, sealed: nothing is kept, and every process of the provider knows the words of the others.
final class Nonces {

    /// How long a word counts.
    static final Duration LIFE = Duration.ofMinutes(5);

    static final int CHARACTERS_MAX = 512;

    private static final String MARK = "dpop-nonce ";

    private final Sealing sealing;
    private final InstantSource clock;

    Nonces(Sealing sealing, InstantSource clock) {
        this.sealing = sealing;
        this.clock = clock;
    }

    /// A new one.
    String fresh() {
        String now = MARK + clock.instant().getEpochSecond();
        return sealing.seal(now.getBytes(StandardCharsets.US_ASCII));
    }

    /// Whether it was given by this provider, and lately.
    boolean good(String word) {
        if (word.length() > CHARACTERS_MAX) {
            return false;
        }
        Optional<String> said =
                sealing.open(word)
                        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                        .filter(text -> text.startsWith(MARK));
        if (said.isEmpty()) {
            return false;
        }
        Instant given = Instant.ofEpochSecond(Long.parseLong(said.get().substring(MARK.length())));
        Instant now = clock.instant();
        return !given.isAfter(now) && now.isBefore(given.plus(LIFE));
    }
}
