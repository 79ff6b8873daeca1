package dev.ringwall.people;

import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/// The access tokens that count no more. Any thread may use it.
public final class Revocations {

    private final Store store;
    private final InstantSource clock;

    Revocations(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// All whose time is not up.
    public List<Revocation> current() {
        return store.read(tx ->
                tx.all(
                        row ->
                                new Revocation(
                                        Revocation.Kind.valueOf(
                                                row.getString(1).toUpperCase(Locale.ROOT)),
                                        row.getString(2),
                                        Instant.ofEpochMilli(row.getLong(3))),
                        "SELECT kind, value, until FROM revocation WHERE until > ? ORDER BY until, value",
                        clock.millis()));
    }

    /// Adds one, as part of a change of what it stands for.
    public static void add(Transaction tx, Revocation revocation) throws SQLException {
        tx.change(
                "INSERT INTO revocation (kind, value, until) VALUES (?, ?, ?)"
                        + " ON CONFLICT (kind, value) DO UPDATE SET until = excluded.until",
                revocation.kind().word(),
                revocation.value(),
                revocation.until().toEpochMilli());
    }
}
