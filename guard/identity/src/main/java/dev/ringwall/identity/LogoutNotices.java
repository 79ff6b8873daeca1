package dev.ringwall.identity;

import dev.ringwall.model.Client;
import dev.ringwall.people.Rights;
import dev.ringwall.people.Secrets;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Which clients a login was used at, and which of them are still to be told that it is over. They are told by [LogoutTeller].
final class LogoutNotices {

    /// How long after the end of the login it is tried to tell a client.
    static final Duration LIFE = Duration.ofMinutes(30);

    /// How long until a client that did not hear it is told again; twice as long each time.
    static final Duration PAUSE = Duration.ofSeconds(5);

    /// So many are looked at at a time.
    static final int AT_ONCE_MAX = 50;

    /// No login lasts longer than this, whatever the declaration says.
    static final Duration USED_LIFE = Duration.ofDays(31);

    private static final int DOUBLINGS_MAX = 8;

    private LogoutNotices() {}

    /// Somebody is to be told.
    record Notice(String id, String client, String account, String sid, int attempts, long due) {}

    /// Remembers that the login was used at the client.
    static void used(Transaction tx, FamilyRow row) throws SQLException {
        if (row.sid() != null && row.account() != null) {
            tx.change(
                    "INSERT INTO login_client (sid, client, account, expires) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (sid, client) DO NOTHING",
                    row.sid(),
                    row.client(),
                    row.account(),
                    row.expires().plus(USED_LIFE).toEpochMilli());
        }
    }

    /// The clients that a login was used at, in order.
    static List<String> usedAt(Store store, String sid) {
        return store.read(tx ->
                tx.all(
                        row -> row.getString(1),
                        "SELECT client FROM login_client WHERE sid = ? ORDER BY client",
                        sid));
    }

    /// The login is over: those clients that it was used at are to be told, as part of the change that ends it.
    static void over(Transaction tx, String sid) throws SQLException {
        record Used(String client, String account) {}
        List<Used> all =
                tx.all(
                        row -> new Used(row.getString(1), row.getString(2)),
                        "SELECT client, account FROM login_client WHERE sid = ?",
                        sid);
        for (Used used : all) {
            tx.change(
                    "INSERT INTO logout_notice (id, client, account, sid, attempts, due, expires) VALUES (?, ?, ?, ?, 0, 0, 0)",
                    Secrets.random(),
                    used.client(),
                    used.account(),
                    sid);
        }
        tx.change("DELETE FROM login_client WHERE sid = ?", sid);
    }

    /// Those who are to be told now.
    static List<Notice> due(Store store, InstantSource clock) {
        return store.read(tx ->
                tx.all(
                        row ->
                                new Notice(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getInt(5),
                                        row.getLong(6)),
                        "SELECT id, client, account, sid, attempts, due FROM logout_notice WHERE due <= ? ORDER BY due LIMIT "
                                + AT_ONCE_MAX,
                        clock.millis()));
    }

    /// Takes a notice to tell it: false when another process of the provider does.
    static boolean take(Store store, Notice notice, InstantSource clock) {
        long pause = PAUSE.toMillis() << Math.min(notice.attempts(), DOUBLINGS_MAX);
        return store.write(tx ->
                tx.change(
                        "UPDATE logout_notice SET attempts = attempts + 1, due = ?,"
                                + " expires = CASE WHEN expires = 0 THEN ? ELSE expires END WHERE id = ? AND due = ?",
                        clock.millis() + pause,
                        clock.millis() + LIFE.toMillis(),
                        notice.id(),
                        notice.due()))
                == 1;
    }

    /// It was told, or nobody is to be told any more.
    static void done(Store store, Notice notice) {
        store.write(tx -> tx.change("DELETE FROM logout_notice WHERE id = ?", notice.id()));
    }

    /// Where that client wants to be told; empty where it does not.
    static Optional<URI> where(Rights rights, String client) {
        return rights.client(client).map(Client::logout).flatMap(Client.Logout::backChannel);
    }
}
