package dev.ringwall.people;

import dev.ringwall.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Logins of which the password is right and the second factor is missing. They are worth nothing but that the second is asked for.
final class HalfLogins {

    /// How long a person may look for the telephone.
    static final Duration LASTS = Duration.ofMinutes(10);

    /// After so many wrong codes the password is asked for again.
    static final int TRIES_MAX = 5;

    private final Store store;
    private final InstantSource clock;

    HalfLogins(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// One of them.
    ///
    /// @param name as the person typed it
    record Half(String account, String name) {}

    /// Begins one and returns the secret that continues it.
    String begin(String account, String name) {
        String secret = Secrets.random();
        store.write(tx ->
                tx.change(
                        "INSERT INTO half_login (hash, account, name, tries, expires) VALUES (?, ?, ?, 0, ?)",
                        Secrets.sha256(secret),
                        account,
                        name,
                        clock.instant().plus(LASTS).toEpochMilli()));
        return secret;
    }

    /// What that secret continues.
    Optional<Half> of(String secret) {
        record Row(Half half, int tries, long expires) {}
        Instant now = clock.instant();
        return store.read(tx ->
                        tx.first(
                                row ->
                                        new Row(
                                                new Half(row.getString(1), row.getString(2)),
                                                row.getInt(3),
                                                row.getLong(4)),
                                "SELECT account, name, tries, expires FROM half_login WHERE hash = ?",
                                Secrets.sha256(secret)))
                .filter(row -> row.tries() < TRIES_MAX && now.toEpochMilli() < row.expires())
                .map(Row::half);
    }

    /// The sealed secret of the app that is being added in this login and in no other: somebody else who knows the password must not see
    /// what its owner scans.
    String offer(String secret, String fresh) {
        return store.write(tx -> {
            String hash = Secrets.sha256(secret);
            tx.change(
                    "UPDATE half_login SET offer = ? WHERE hash = ? AND offer IS NULL",
                    fresh,
                    hash);
            return tx.first(
                            row -> row.getString(1),
                            "SELECT offer FROM half_login WHERE hash = ?",
                            hash)
                    .orElse(fresh);
        });
    }

    /// Takes one try; false when there is none left. Two at the same moment take two.
    boolean take(String secret) {
        return store.write(tx ->
                tx.change(
                        "UPDATE half_login SET tries = tries + 1 WHERE hash = ? AND tries < ?",
                        Secrets.sha256(secret),
                        TRIES_MAX))
                == 1;
    }

    /// Ends it; false when somebody else has.
    boolean end(String secret) {
        return store.write(tx ->
                tx.change("DELETE FROM half_login WHERE hash = ?", Secrets.sha256(secret)))
                == 1;
    }
}
