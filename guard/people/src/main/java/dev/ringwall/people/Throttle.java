package dev.ringwall.people;

import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Slows down who guesses passwords.
///
/// Failures count for an account from one address, for an address, and for an account from anywhere. Each count has some free
/// attempts; after them every failure doubles the time to the next attempt, up to a limit. Somebody who has signed in to the
/// account from an address before is not slowed down there by what others do elsewhere, so nobody can lock the owner out.
final class Throttle {

    static final int FREE_PER_ACCOUNT_AND_ADDRESS = 5;
    static final int FREE_PER_ADDRESS = 30;

    /// NIST SP 800-63B-4 §3.2.2 allows no more failures than this in a row.
    static final int FREE_PER_ACCOUNT = 50;

    static final Duration WAIT_MAX = Duration.ofMinutes(15);

    /// Many people may share an address.
    static final Duration WAIT_PER_ADDRESS_MAX = Duration.ofMinutes(1);

    /// Failures are forgotten when none was added for so long.
    static final Duration MEMORY = Duration.ofHours(24);

    /// How long it is remembered that somebody signed in from an address.
    static final Duration FAMILIAR = Duration.ofDays(60);

    private static final int DOUBLINGS_MAX = 16;

    private final Store store;
    private final InstantSource clock;

    Throttle(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Count(String subject, int free, Duration pauseMax) {}

    private List<Count> counts(String name, String address) {
        String who = name.strip().toLowerCase(Locale.ROOT);
        return List.of(
                new Count(subject("at", who, address), FREE_PER_ACCOUNT_AND_ADDRESS, WAIT_MAX),
                new Count(
                        subject("address", network(address)),
                        FREE_PER_ADDRESS,
                        WAIT_PER_ADDRESS_MAX),
                new Count(subject("account", who), FREE_PER_ACCOUNT, WAIT_MAX));
    }

    /// How long to wait before the next attempt is looked at; empty when it may come now.
    Optional<Duration> wait(String name, String address) {
        return store.read(tx -> {
            long wait = 0;
            List<Count> counts = counts(name, address);
            boolean familiar = familiar(tx, name, address);
            for (Count count : familiar ? counts.subList(0, 1) : counts) {
                wait = Math.max(wait, wait(tx, count));
            }
            return wait > 0 ? Optional.of(Duration.ofMillis(wait)) : Optional.empty();
        });
    }

    private long wait(Transaction tx, Count count) throws SQLException {
        record Failures(int failures, long last) {}
        Failures known =
                tx.first(
                                row -> new Failures(row.getInt(1), row.getLong(2)),
                                "SELECT failures, last FROM sign_in_failure WHERE subject = ?",
                                count.subject())
                        .orElse(new Failures(0, 0));
        if (known.failures() < count.free() || old(known.last(), MEMORY)) {
            return 0;
        }
        int doublings = Math.min(known.failures() - count.free(), DOUBLINGS_MAX);
        long pause = Math.min(1000L << doublings, count.pauseMax().toMillis());
        return known.last() + pause - clock.millis();
    }

    private boolean old(long last, Duration memory) {
        return clock.millis() - last > memory.toMillis();
    }

    private boolean familiar(Transaction tx, String name, String address) throws SQLException {
        return tx.first(
                        row -> row.getLong(1),
                        "SELECT last FROM sign_in_failure WHERE subject = ?",
                        subject("familiar", name.strip().toLowerCase(Locale.ROOT), address))
                .filter(last -> !old(last, FAMILIAR))
                .isPresent();
    }

    /// Counts a failure.
    void failed(String name, String address) {
        store.write(tx -> {
            for (Count count : counts(name, address)) {
                long before = clock.millis() - MEMORY.toMillis();
                tx.change(
                        "INSERT INTO sign_in_failure (subject, failures, last) VALUES (?, 1, ?)"
                                + " ON CONFLICT (subject) DO UPDATE SET last = excluded.last, failures ="
                                + " CASE WHEN sign_in_failure.last < ? THEN 1 ELSE sign_in_failure.failures + 1 END",
                        count.subject(),
                        clock.millis(),
                        before);
            }
            return true;
        });
    }

    /// Forgets the account's failures from that address and remembers the address as its owner's.
    void succeeded(String name, String address) {
        String who = name.strip().toLowerCase(Locale.ROOT);
        store.write(tx -> {
            tx.change("DELETE FROM sign_in_failure WHERE subject = ?", subject("at", who, address));
            return tx.change(
                    "INSERT INTO sign_in_failure (subject, failures, last) VALUES (?, 0, ?)"
                            + " ON CONFLICT (subject) DO UPDATE SET last = excluded.last",
                    subject("familiar", who, address),
                    clock.millis());
        });
    }

    private static String subject(String... parts) {
        return Secrets.sha256(String.join("\n", parts));
    }

    /// Whoever has one IPv6 address has 2⁶⁴ of them.
    static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        String[] groups = address.split(":", -1);
        return String.join(":", List.of(groups).subList(0, Math.min(4, groups.length)));
    }
}
