package dev.ringwall.people;

import dev.ringwall.events.Actor;
import dev.ringwall.events.IdentityAct;
import dev.ringwall.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The browsers that people have signed in with. A login with one that the account has not had before is said aloud, since somebody else
/// may have made it. A browser is known by a secret in a cookie, of which the hash is kept; it opens nothing.
public final class Devices {

    /// So long a browser is known after its last login.
    public static final Duration KNOWN = Duration.ofDays(400);

    private final Store store;
    private final Sessions sessions;
    private final LetterDesk desk;
    private final Ledger ledger;
    private final InstantSource clock;

    Devices(Store store, Sessions sessions, LetterDesk desk, Ledger ledger, InstantSource clock) {
        this.store = store;
        this.sessions = sessions;
        this.desk = desk;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// Somebody has signed in with the browser that holds that secret, if any; returns the secret that it is to hold.
    public String arrived(String sid, Optional<String> held) {
        String secret = held.filter(Devices::wellFormed).orElseGet(Secrets::random);
        sessions.of(sid).ifPresent(login -> arrived(login, hash(login.account(), secret)));
        return secret;
    }

    private static boolean wellFormed(String secret) {
        return secret.length() == Secrets.random().length();
    }

    /// Bound to the account, so that nothing tells which accounts share a browser.
    private static String hash(String account, String secret) {
        return Secrets.sha256(account + "\n" + secret);
    }

    private void arrived(Sessions.Session login, String hash) {
        long now = clock.millis();
        List<String> known =
                store.read(tx ->
                        tx.all(
                                row -> row.getString(1),
                                "SELECT hash FROM device WHERE account = ? AND expires > ?",
                                login.account(),
                                now));
        if (!known.isEmpty() && !known.contains(hash)) {
            ledger.acted(
                    IdentityAct.NEW_DEVICE,
                    new Actor(
                            Actor.Kind.PERSON, login.account(), List.of(), login.place().address()),
                    Map.of("sid", login.sid(), "agent", login.place().agent()));
            desk.tell(
                    login.account(),
                    "A login with a new browser",
                    "Somebody signed in to your account with a browser that it has not had before: "
                            + login.place().agent());
        }
        store.write(tx ->
                tx.change(
                        "INSERT INTO device (hash, account, expires) VALUES (?, ?, ?)"
                                + " ON CONFLICT (hash) DO UPDATE SET expires = excluded.expires",
                        hash,
                        login.account(),
                        now + KNOWN.toMillis()));
    }
}
