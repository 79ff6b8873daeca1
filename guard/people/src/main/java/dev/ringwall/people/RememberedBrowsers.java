package dev.ringwall.people;

import dev.ringwall.events.Ids;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Browsers in which a person wants to be asked for the second factor no more for a while.
///
/// It is a convenience for who has a second factor by choice: where a role says `mfa: always`, or a client or the account page asks for both,
/// it counts for nothing (NIST SP 800-63B-4 §2.2: at AAL2 both factors are shown, and a browser that was seen before is none). A login in
/// such a browser says that it showed a password alone. Any thread may use it.
public final class RememberedBrowsers {

    /// So long, from the login that it was said at.
    public static final Duration LASTS = Duration.ofDays(30);

    /// How many an account may have; one more, and the oldest is forgotten.
    public static final int MAX = 20;

    private final Store store;
    private final InstantSource clock;
    private final Ids ids;

    RememberedBrowsers(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.ids = new Ids(clock);
    }

    /// One of them.
    ///
    /// @param id    names it; not the secret that it holds
    /// @param place where it was when it was remembered
    public record Remembered(String id, Place place, Instant made, Instant used, Instant until) {}

    /// Those of the account, the newest first.
    public List<Remembered> of(String account) {
        return store.read(tx ->
                tx.all(
                        row ->
                                new Remembered(
                                        row.getString(1),
                                        new Place(row.getString(2), row.getString(3)),
                                        Instant.ofEpochMilli(row.getLong(4)),
                                        Instant.ofEpochMilli(row.getLong(5)),
                                        Instant.ofEpochMilli(row.getLong(6))),
                        "SELECT id, address, agent, made, used, expires FROM remembered_browser"
                                + " WHERE account = ? AND expires > ? ORDER BY made DESC, id DESC",
                        account,
                        clock.millis()));
    }

    /// Remembers the browser that the request comes from, and returns the secret that it is to hold: always a new one, since one that it brought
    /// may have been put there by somebody who knows it.
    String remember(String account) {
        String secret = Secrets.random();
        long now = clock.millis();
        Place place = Place.ofRequest();
        List<Remembered> before = of(account);
        store.write(tx -> {
            for (Remembered old : before.subList(Math.min(MAX - 1, before.size()), before.size())) {
                forget(tx, account, old.id());
            }
            return tx.change(
                    "INSERT INTO remembered_browser (hash, id, account, address, agent, made, used, expires)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    hash(account, secret),
                    ids.next(),
                    account,
                    place.address(),
                    place.agent(),
                    now,
                    now,
                    now + LASTS.toMillis());
        });
        return secret;
    }

    /// Bound to the account: what another account's browser holds is worth nothing here.
    private static String hash(String account, String secret) {
        return Secrets.sha256("remembered\n" + account + "\n" + secret);
    }

    /// Whether the account is remembered in the browser that holds that secret.
    boolean knows(String account, String secret) {
        return store.write(tx ->
                tx.change(
                        "UPDATE remembered_browser SET used = ? WHERE hash = ? AND expires > ?",
                        clock.millis(),
                        hash(account, secret),
                        clock.millis()))
                == 1;
    }

    static boolean forget(Transaction tx, String account, String id) throws SQLException {
        return tx.change("DELETE FROM remembered_browser WHERE id = ? AND account = ?", id, account)
                == 1;
    }

    static void forgetAll(Transaction tx, String account) throws SQLException {
        tx.change("DELETE FROM remembered_browser WHERE account = ?", account);
    }
}
