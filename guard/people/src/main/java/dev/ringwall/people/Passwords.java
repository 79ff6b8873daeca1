package dev.ringwall.people;

import java.text.Normalizer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/// Hashes passwords with Argon2id (RFC 9106) at OWASP's cost, a few at a time, so that logins cannot starve everything else of memory
/// and processors.
final class Passwords {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;

    /// How long a password waits for its turn before the caller is told to come back.
    static final int WAIT_MILLIS_MAX = 3_000;

    private final Argon2PasswordEncoder argon =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore turns;
    private final AtomicLong work = new AtomicLong();
    private final String decoy;

    /// @param parallel how many passwords are hashed at a time
    Passwords(int parallel) {
        this.turns = new Semaphore(parallel, true);
        this.decoy =
                "$argon2id$v=19$m="
                        + MEMORY_KIB
                        + ",t="
                        + PASSES
                        + ",p="
                        + LANES
                        + "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    }

    /// How a comparison ended.
    enum Verdict {
        RIGHT,
        WRONG,
        /// Too many others are being hashed; nothing was compared.
        BUSY
    }

    /// A new hash.
    ///
    /// @throws IllegalStateException when there are too many others for too long
    String hash(String password) {
        if (!turn()) {
            throw new IllegalStateException("too many passwords at a time");
        }
        try {
            work.incrementAndGet();
            String hash = argon.encode(normalized(password));
            if (hash == null) {
                throw new IllegalStateException("no hash");
            }
            return hash;
        } finally {
            turns.release();
        }
    }

    /// Whether the hash is of that password.
    Verdict compare(String password, String hash) {
        if (!turn()) {
            return Verdict.BUSY;
        }
        try {
            work.incrementAndGet();
            return argon.matches(normalized(password), hash) ? Verdict.RIGHT : Verdict.WRONG;
        } finally {
            turns.release();
        }
    }

    /// Does the same work for an account that does not exist, so that the time does not tell.
    Verdict compareWithNobody(String password) {
        return compare(password, decoy) == Verdict.BUSY ? Verdict.BUSY : Verdict.WRONG;
    }

    /// How often the costly work was done.
    long work() {
        return work.get();
    }

    /// NIST SP 800-63B-4 §3.1.1.2: the same letters typed on another keyboard are the same password.
    private static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private boolean turn() {
        try {
            return turns.tryAcquire(WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
