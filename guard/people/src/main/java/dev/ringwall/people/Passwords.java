package dev.ringwall.people;

import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Hashes passwords with [Argon], a few at a time, so that logins cannot starve everything else of memory
/// and processors.
final class Passwords {

    private static final int AT_A_TIME_MAX = 4;

    /// How long a password waits for its turn before the caller is told to come back.
    static final int WAIT_MILLIS_MAX = 3_000;

    /// Stands where the hash of a password would of who has none.
    static final String NONE = "-";

    private final Argon argon = new Argon();
    private final Semaphore turns;
    private final AtomicLong work = new AtomicLong();
    private final String decoy;

    /// As many at once as it has processors, and no more than a few.
    static Passwords forThisMachine() {
        return new Passwords(
                Math.clamp(Runtime.getRuntime().availableProcessors(), 1, AT_A_TIME_MAX));
    }

    /// @param parallel how many passwords are hashed at a time
    Passwords(int parallel) {
        this.turns = new Semaphore(parallel, true);
        this.decoy =
                Argon.BEGINNING
                        + "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
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
            return argon.hash(normalized(password));
        } finally {
            turns.release();
        }
    }

    /// Whether the hash is of that password.
    Verdict compare(String password, String hash) {
        if (hash.equals(NONE)) {
            return compareWithNobody(password);
        }
        if (!turn()) {
            return Verdict.BUSY;
        }
        try {
            work.incrementAndGet();
            boolean right =
                    stale(hash)
                            ? ForeignHash.matches(password, hash)
                            : argon.matches(normalized(password), hash);
            return right ? Verdict.RIGHT : Verdict.WRONG;
        } finally {
            turns.release();
        }
    }

    /// Whether another system made the hash, or we did when a hash cost something else.
    static boolean stale(String hash) {
        return !hash.startsWith(Argon.BEGINNING);
    }

    /// A hash of ours in place of such a one; empty where none is due, or there is no time for it now.
    Optional<String> renewed(String password, String hash) {
        if (!stale(hash) || !turn()) {
            return Optional.empty();
        }
        try {
            work.incrementAndGet();
            return Optional.of(argon.hash(normalized(password)));
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
