package dev.ringwall.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// What clients with ids of their own take: the secret that makes the ids, and the keys that seal for gateways whose they are.
public record PairwiseKeys(PairwiseSalt salt, ClaimKeys claims) {

    private static final String SALT = "pairwise-salt.jwe";
    private static final String CLAIMS = "claim-keys.jwe";

    /// What became of opening them.
    public sealed interface Opened {
        /// They are at work.
        record Ready(PairwiseKeys keys) implements Opened {}

        /// They are not, and this is why, with the remedy; nothing was changed.
        record Unusable(String why) implements Opened {}
    }

    /// Opens them in that folder, or makes them at the first start. The salt alone is never made anew: to lose it is to become somebody else everywhere,
    /// which must not happen by itself.
    ///
    /// @param tokensLive how long a token lives at most
    /// @throws IOException when the disk fails
    public static Opened open(Path folder, Sealer sealer, Duration tokensLive, InstantSource clock)
            throws IOException {
        Path salt = folder.resolve(SALT);
        Path claims = folder.resolve(CLAIMS);
        if (Files.exists(claims) && !Files.exists(salt)) {
            return new Opened.Unusable(
                    salt
                            + " is gone, and with a new one all people would be strangers to clients with `subject: pairwise`"
                            + " (expected: the file from a backup; to begin anew all the same, delete "
                            + claims
                            + ")");
        }
        Optional<PairwiseSalt> salted = PairwiseSalt.open(salt, sealer);
        if (salted.isEmpty()) {
            return new Opened.Unusable(salt + " does not open (expected: the file from a backup)");
        }
        return ClaimKeys.open(claims, sealer, tokensLive, clock)
                .<Opened>map(keys -> new Opened.Ready(new PairwiseKeys(salted.get(), keys)))
                .orElseGet(() ->
                        new Opened.Unusable(
                                claims
                                        + " does not open (expected: without it; it is made anew, and the tokens that are out count no more)"));
    }
}
