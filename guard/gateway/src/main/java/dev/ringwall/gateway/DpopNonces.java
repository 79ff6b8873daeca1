package dev.ringwall.gateway;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What this gateway wants to find in proofs while gateways cannot tell each other which were used (RFC 9449 §9): a proof that names it is good here and
/// nowhere else. Random, in memory alone, replaced every minute; the one before is taken as well. Any thread may use it.
final class DpopNonces {

    /// How long one is given out.
    static final Duration REPLACED_EVERY = Duration.ofMinutes(1);

    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private @Nullable String young;
    private @Nullable String old;
    private Instant turns = Instant.MIN;

    /// The one that is given out now.
    synchronized String current(Instant now) {
        String known = young;
        if (known != null && now.isBefore(turns)) {
            return known;
        }
        old = now.isBefore(turns.plus(REPLACED_EVERY)) ? known : null;
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        young = fresh;
        turns = now.plus(REPLACED_EVERY);
        return fresh;
    }

    /// Whether this gateway gave it out lately.
    synchronized boolean knows(String nonce, Instant now) {
        return nonce.equals(current(now)) || nonce.equals(old);
    }
}
