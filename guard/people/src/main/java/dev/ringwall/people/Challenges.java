package dev.ringwall.people;

import dev.ringwall.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/// What passkeys sign, so that a signature is of this moment, of this browser and for this purpose (WebAuthn Level 3 §13.4.3).
///
/// A challenge is the time, the purpose and what it is bound to, sealed, so that showing a page writes nothing; that it was answered is
/// kept until it would be over, and so it is good once, whichever process of the provider takes the answer.
final class Challenges {

    /// How long an answer may take.
    static final Duration LASTS = Duration.ofMinutes(10);

    static final int CHARACTERS_MAX = 1024;

    private static final String MARK = "passkey";

    private final Store store;
    private final Sealing sealing;
    private final InstantSource clock;

    Challenges(Store store, Sealing sealing, InstantSource clock) {
        this.store = store;
        this.sealing = sealing;
        this.clock = clock;
    }

    /// What an answer is for.
    enum Purpose {
        LOGIN,
        SECOND,
        ADD
    }

    /// A new one, as base64url.
    ///
    /// @param bound a secret of the browser, or the login that asks
    String fresh(Purpose purpose, String bound) {
        String said = said(purpose, bound) + " " + clock.millis() + " " + Secrets.random();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        sealing.seal(said.getBytes(StandardCharsets.US_ASCII))
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static String said(Purpose purpose, String bound) {
        return MARK + " " + purpose + " " + Secrets.sha256(bound);
    }

    /// Whether it was given for that, lately, and not answered yet. From now on it is.
    boolean take(String challenge, Purpose purpose, String bound) {
        if (challenge.length() > CHARACTERS_MAX) {
            return false;
        }
        Optional<Long> given =
                sealing.open(
                                new String(
                                        Base64.getUrlDecoder().decode(challenge),
                                        StandardCharsets.UTF_8))
                        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                        .filter(text -> text.startsWith(said(purpose, bound) + " "))
                        .map(text -> Long.parseLong(text.split(" ", -1)[3]));
        long now = clock.millis();
        if (given.isEmpty() || given.get() > now || now >= given.get() + LASTS.toMillis()) {
            return false;
        }
        return store.write(tx ->
                tx.change(
                        "INSERT INTO answered_challenge (hash, expires) VALUES (?, ?)"
                                + " ON CONFLICT (hash) DO NOTHING",
                        Secrets.sha256(challenge),
                        given.get() + LASTS.toMillis()))
                == 1;
    }
}
