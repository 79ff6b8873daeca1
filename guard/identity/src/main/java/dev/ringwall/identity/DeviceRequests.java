package dev.ringwall.identity;

import dev.ringwall.people.Secrets;
import dev.ringwall.people.SignedIn;
import dev.ringwall.store.Store;
import dev.ringwall.store.Transaction;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What devices without a browser ask for while a person answers elsewhere (RFC 8628). Both codes stand here as SHA-256.
final class DeviceRequests {

    /// How long a person may take.
    static final Duration LIFE = Duration.ofMinutes(10);

    /// How long a device waits between two questions; each that comes sooner adds as much again (RFC 8628 §3.5).
    static final Duration INTERVAL = Duration.ofSeconds(5);

    /// How many requests from one address may wait at a time.
    static final int PER_ADDRESS_MAX = 20;

    /// How many wrong codes one account, and one address, may enter within [#LIFE].
    static final int GUESSES_MAX = 5;

    /// No vowels, so no words, and nothing that looks like something else (RFC 8628 §6.1): eight of twenty are 34 bits, of which a guesser gets
    /// five attempts.
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int CODE_LETTERS = 8;
    private static final String WAITING = "waiting";
    private static final String ALLOWED = "allowed";
    private static final String REFUSED = "refused";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final InstantSource clock;

    DeviceRequests(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// The two codes: what the device keeps, and what it shows.
    record Codes(String device, String user) {
        @Override
        public String toString() {
            return "Codes[…]";
        }
    }

    /// What a person is asked to allow.
    record Waiting(String client, Set<String> scopes) {
        Waiting {
            scopes = Set.copyOf(scopes);
        }
    }

    /// What became of a code that somebody entered.
    sealed interface Entered {
        /// A device waits with it.
        record Found(Waiting waiting) implements Entered {}

        /// None does.
        record Unknown() implements Entered {}

        /// Too many were wrong before, so it was not looked at.
        record Slow() implements Entered {}
    }

    /// What a device hears.
    sealed interface Heard {
        /// A person has allowed it, in that login.
        record Allowed(Set<String> scopes, String sid) implements Heard {}

        /// Nothing yet, or nothing any more: the error of RFC 8628 §3.5.
        record Not(String error) implements Heard {}
    }

    /// Begins one; empty where too many wait from that address.
    Optional<Codes> begin(String client, Set<String> scopes, String address) {
        Codes codes = new Codes(Secrets.random(), userCode());
        long now = clock.millis();
        String from = Secrets.sha256("device address\n" + address);
        return store.write(tx -> {
            int waiting =
                    tx.first(
                                    row -> row.getInt(1),
                                    "SELECT COUNT(*) FROM device_request WHERE address = ? AND expires > ?",
                                    from,
                                    now)
                            .orElse(0);
            if (waiting >= PER_ADDRESS_MAX) {
                return Optional.empty();
            }
            tx.change(
                    "INSERT INTO device_request (device, shown, client, scopes, address, state, sid, pause, polled, expires)"
                            + " VALUES (?, ?, ?, ?, ?, ?, NULL, ?, 0, ?)",
                    Secrets.sha256(codes.device()),
                    Secrets.sha256("user code\n" + codes.user()),
                    client,
                    String.join(" ", new TreeSet<>(scopes)),
                    from,
                    WAITING,
                    INTERVAL.toMillis(),
                    now + LIFE.toMillis());
            return Optional.of(codes);
        });
    }

    private static String userCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < CODE_LETTERS; i++) {
            code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    /// The code as it was made, however somebody typed it.
    static String typed(String code) {
        StringBuilder plain = new StringBuilder();
        for (char letter : code.toUpperCase(Locale.ROOT).toCharArray()) {
            if (LETTERS.indexOf(letter) >= 0) {
                plain.append(letter);
            }
        }
        return plain.length() == CODE_LETTERS ? plain.toString() : "";
    }

    /// The code as people read it.
    static String shown(String code) {
        return code.substring(0, CODE_LETTERS / 2) + "-" + code.substring(CODE_LETTERS / 2);
    }

    /// Looks for the request with that code, and counts where there is none.
    Entered enter(String code, SignedIn person, String address) {
        long now = clock.millis();
        String[] subjects = {
            Secrets.sha256("account\n" + person.account().id()),
            Secrets.sha256("address\n" + address)
        };
        return store.write(tx -> {
            for (String subject : subjects) {
                if (guesses(tx, subject, now) >= GUESSES_MAX) {
                    return new Entered.Slow();
                }
            }
            Optional<Waiting> found = waiting(tx, code, now);
            if (found.isPresent()) {
                return new Entered.Found(found.get());
            }
            for (String subject : subjects) {
                tx.change(
                        "INSERT INTO device_guess (subject, guesses, expires) VALUES (?, 1, ?)"
                                + " ON CONFLICT (subject) DO UPDATE SET guesses ="
                                + " CASE WHEN device_guess.expires <= ? THEN 1 ELSE device_guess.guesses + 1 END,"
                                + " expires = excluded.expires",
                        subject,
                        now + LIFE.toMillis(),
                        now);
            }
            return new Entered.Unknown();
        });
    }

    private static int guesses(Transaction tx, String subject, long now) throws SQLException {
        return tx.first(
                        row -> row.getInt(1),
                        "SELECT guesses FROM device_guess WHERE subject = ? AND expires > ?",
                        subject,
                        now)
                .orElse(0);
    }

    private static Optional<Waiting> waiting(Transaction tx, String code, long now)
            throws SQLException {
        return tx.first(
                row -> new Waiting(row.getString(1), words(row.getString(2))),
                "SELECT client, scopes FROM device_request WHERE shown = ? AND state = ? AND expires > ?",
                Secrets.sha256("user code\n" + code),
                WAITING,
                now);
    }

    private static Set<String> words(String list) {
        return list.isEmpty() ? Set.of() : Set.of(list.split(" ", -1));
    }

    /// Answers the request with that code: false when there is none that waits.
    boolean answer(String code, boolean allow, SignedIn person) {
        return store.write(tx ->
                tx.change(
                        "UPDATE device_request SET state = ?, sid = ? WHERE shown = ? AND state = ? AND expires > ?",
                        allow ? ALLOWED : REFUSED,
                        person.sid(),
                        Secrets.sha256("user code\n" + code),
                        WAITING,
                        clock.millis()))
                == 1;
    }

    /// What the device with that code hears. Whoever hears that it is allowed must [#spend] it before there is anything to give.
    Heard ask(String device, String client) {
        record Row(
                String scopes, String state, String sid, long pause, long polled, long expires) {}
        long now = clock.millis();
        return store.write(tx -> {
            Optional<Row> row =
                    tx.first(
                            found ->
                                    new Row(
                                            found.getString(1),
                                            found.getString(2),
                                            String.valueOf(found.getString(3)),
                                            found.getLong(4),
                                            found.getLong(5),
                                            found.getLong(6)),
                            "SELECT scopes, state, sid, pause, polled, expires FROM device_request WHERE device = ? AND client = ?",
                            Secrets.sha256(device),
                            client);
            if (row.isEmpty()) {
                return new Heard.Not("invalid_grant");
            }
            Row asked = row.get();
            if (asked.expires() <= now) {
                return new Heard.Not("expired_token");
            }
            boolean soon = now - asked.polled() < asked.pause();
            tx.change(
                    "UPDATE device_request SET polled = ?, pause = ? WHERE device = ?",
                    now,
                    asked.pause() + (soon ? INTERVAL.toMillis() : 0),
                    Secrets.sha256(device));
            if (soon) {
                return new Heard.Not("slow_down");
            }
            return switch (asked.state()) {
                case ALLOWED -> new Heard.Allowed(words(asked.scopes()), asked.sid());
                case REFUSED -> new Heard.Not("access_denied");
                default -> new Heard.Not("authorization_pending");
            };
        });
    }

    /// Lets an allowed request be used: false when it was before.
    boolean spend(String device) {
        return store.write(tx ->
                tx.change(
                        "DELETE FROM device_request WHERE device = ? AND state = ?",
                        Secrets.sha256(device),
                        ALLOWED))
                == 1;
    }
}
