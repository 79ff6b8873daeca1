package dev.ringwall.people;

import dev.ringwall.events.Ids;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who is signed in. A login is continued by a secret in a cookie, stands here under the secret's hash, and survives a restart.
///
/// Each login is a new secret, so nobody can be made to sign in to a session that somebody else knows.
public final class Sessions {

    /// More than one factor was shown (RFC 8176 §2).
    static final String MFA = "mfa";

    /// Somebody else's word (there is none in RFC 8176; this is what Microsoft says).
    static final String FEDERATED = "fed";

    static final Set<String> OUTSIDE = Set.of(FEDERATED);
    static final Set<String> OUTSIDE_TWICE = Set.of(FEDERATED, MFA);
    static final Set<String> PASSWORD = Set.of("pwd");
    static final Set<String> PASSWORD_AND_CODE = Set.of("pwd", "otp", MFA);
    static final Set<String> PASSWORD_AND_RECOVERY = Set.of("pwd", MFA);

    /// A passkey alone. Whether its key lies in hardware is not asked, so it is `pop` of OpenID Connect EAP ACR Values 1.0 §5, and somebody
    /// was there to unlock it.
    static final Set<String> PASSKEY = Set.of("pop", "user", MFA);

    static final Set<String> PASSWORD_AND_PASSKEY = Set.of("pwd", "pop", "user", MFA);

    /// No word of RFC 8176, so it stays here: the second factor was spared because the browser is remembered.
    static final String REMEMBERED = "remembered";

    static final Set<String> PASSWORD_REMEMBERED = Set.of("pwd", REMEMBERED);

    private static final String COLUMNS =
            "SELECT login_session.sid, created, login_session.expires, account, methods, address, agent FROM login_session"
                    + " LEFT JOIN login_method ON login_method.sid = login_session.sid"
                    + " LEFT JOIN login_place ON login_place.sid = login_session.sid";
    private static final String BY_SID = COLUMNS + " WHERE login_session.sid = ?";
    private static final String BY_HASH = COLUMNS + " WHERE hash = ?";

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
    record Session(
            String sid,
            Instant since,
            Instant until,
            String account,
            Set<String> methods,
            Place place) {}

    /// An id for a login that is about to start.
    String nextSid() {
        return ids.next();
    }

    /// Signs the account in.
    ///
    /// @param methods how the person proved it, as RFC 8176 names that
    Started start(String sid, Account account, Duration lasts, Set<String> methods) {
        return start(sid, account, clock.instant(), lasts, methods);
    }

    /// The same for somebody who proved it at another time.
    Started start(String sid, Account account, Instant since, Duration lasts, Set<String> methods) {
        String secret = Secrets.random();
        Instant now = clock.instant();
        Instant until = now.plus(lasts);
        store.write(tx -> {
            tx.change(
                    "INSERT INTO login_method (sid, methods, expires) VALUES (?, ?, ?)",
                    sid,
                    String.join(" ", methods),
                    until.toEpochMilli());
            Place place = Place.ofRequest();
            tx.change(
                    "INSERT INTO login_place (sid, address, agent, expires) VALUES (?, ?, ?, ?)",
                    sid,
                    place.address(),
                    place.agent(),
                    until.toEpochMilli());
            return tx.change(
                    "INSERT INTO login_session (hash, sid, account, created, expires) VALUES (?, ?, ?, ?, ?)",
                    Secrets.sha256(secret),
                    sid,
                    account.id(),
                    since.toEpochMilli(),
                    until.toEpochMilli());
        });
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
        return store.read(tx -> tx.first(Sessions::session, sql, value))
                .filter(session -> now.isBefore(session.until()));
    }

    private static Session session(ResultSet row) throws SQLException {
        String methods = row.getString(5);
        String address = row.getString(6);
        return new Session(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getString(4),
                methods == null ? PASSWORD : Set.of(methods.split(" ", -1)),
                address == null ? Place.UNKNOWN : new Place(address, row.getString(7)));
    }

    /// Every login of the account that is not over, the newest first.
    List<Session> ofAccount(String account) {
        return store.read(tx ->
                tx.all(
                        Sessions::session,
                        COLUMNS
                                + " WHERE account = ? AND login_session.expires > ? ORDER BY created DESC",
                        account,
                        clock.millis()));
    }

    /// Signs out: the login and everything that was bought with it ends.
    public void end(String sid) {
        store.write(tx -> {
            end(tx, sid);
            return true;
        });
        changed();
    }

    /// Ends every login of the account and forgets its browsers, as part of a change of the account.
    void endAllOf(Transaction tx, String account) throws SQLException {
        for (String sid : sids(tx, account)) {
            end(tx, sid);
        }
        tx.change("DELETE FROM half_login WHERE account = ?", account);
        RememberedBrowsers.forgetAll(tx, account);
    }

    private static List<String> sids(Transaction tx, String account) throws SQLException {
        return tx.all(
                row -> row.getString(1),
                "SELECT sid FROM login_session WHERE account = ?",
                account);
    }

    /// Ends every login of the account but that one and forgets its browsers, as part of a change of the account.
    void endOthersOf(Transaction tx, String account, String kept) throws SQLException {
        for (String sid : sids(tx, account)) {
            if (!sid.equals(kept)) {
                end(tx, sid);
            }
        }
        tx.change("DELETE FROM half_login WHERE account = ?", account);
        RememberedBrowsers.forgetAll(tx, account);
    }

    /// Ends one login, as part of a larger change. Whoever calls says afterwards that tokens have been revoked.
    void end(Transaction tx, String sid) throws SQLException {
        bought.endLogin(tx, sid);
        tx.change("DELETE FROM login_session WHERE sid = ?", sid);
        tx.change("DELETE FROM login_method WHERE sid = ?", sid);
        tx.change("DELETE FROM login_place WHERE sid = ?", sid);
        OutsideLogins.end(tx, sid);
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
