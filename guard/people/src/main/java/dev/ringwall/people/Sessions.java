package dev.ringwall.people;

import dev.ringwall.events.Ids;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Who is signed in. A login is continued by a secret in a cookie, stands here under the secret's hash, and survives a restart.
///
/// Each login is a new secret, so nobody can be made to sign in to a session that somebody else knows.
public final class Sessions {

    private static final String BY_SID =
            "SELECT sid, created, expires, account FROM login_session WHERE sid = ?";
    private static final String BY_HASH =
            "SELECT sid, created, expires, account FROM login_session WHERE hash = ?";

    private final Store store;
    private final InstantSource clock;
    private final Bought bought;
    private final Runnable changed;
    private final Ids ids;

    Sessions(Store store, InstantSource clock, Bought bought, Runnable changed) {
        this.store = store;
        this.clock = clock;
        this.bought = bought;
        this.changed = changed;
        this.ids = new Ids(clock);
    }

    /// A login and the secret that continues it.
    public record Started(String secret, String sid, Instant until) {
        @Override
        public String toString() {
            return "Started[sid=" + sid + "]";
        }
    }

    /// One login, whoever continues it.
    record Session(String sid, Instant since, Instant until, String account) {}

    /// An id for a login that is about to start.
    String nextSid() {
        return ids.next();
    }

    /// Signs the account in.
    Started start(String sid, Account account, Duration lasts) {
        String secret = Secrets.random();
        Instant now = clock.instant();
        Instant until = now.plus(lasts);
        store.write(tx ->
                tx.change(
                        "INSERT INTO login_session (hash, sid, account, created, expires) VALUES (?, ?, ?, ?, ?)",
                        Secrets.sha256(secret),
                        sid,
                        account.id(),
                        now.toEpochMilli(),
                        until.toEpochMilli()));
        return new Started(secret, sid, until);
    }

    /// The login that this secret continues.
    Optional<Session> continued(String secret) {
        return find(BY_HASH, Secrets.sha256(secret));
    }

    /// The login of that id.
    Optional<Session> of(String sid) {
        return find(BY_SID, sid);
    }

    private Optional<Session> find(String sql, String value) {
        Instant now = clock.instant();
        return store.read(tx ->
                        tx.first(
                                row ->
                                        new Session(
                                                row.getString(1),
                                                Instant.ofEpochMilli(row.getLong(2)),
                                                Instant.ofEpochMilli(row.getLong(3)),
                                                row.getString(4)),
                                sql,
                                value))
                .filter(session -> now.isBefore(session.until()));
    }

    /// Signs out: the login and everything that was bought with it ends.
    public void end(String sid) {
        store.write(tx -> {
            end(tx, sid);
            return true;
        });
        changed();
    }

    /// Ends every login of the account, as part of a change of the account.
    void endAllOf(Transaction tx, String account) throws SQLException {
        List<String> sids =
                tx.all(
                        row -> row.getString(1),
                        "SELECT sid FROM login_session WHERE account = ?",
                        account);
        for (String sid : sids) {
            end(tx, sid);
        }
    }

    private void end(Transaction tx, String sid) throws SQLException {
        bought.endLogin(tx, sid);
        tx.change("DELETE FROM login_session WHERE sid = ?", sid);
        Revocations.add(
                tx,
                new Revocation(
                        Revocation.Kind.SID, sid, clock.instant().plus(bought.accessLife())));
    }

    /// Says that tokens have been revoked.
    void changed() {
        changed.run();
    }
}
