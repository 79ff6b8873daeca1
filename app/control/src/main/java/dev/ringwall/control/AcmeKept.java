package dev.ringwall.control;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.keys.DoorKey;
import dev.ringwall.keys.Sealer;
import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is remembered of authorities that certify the public name: our account with each and the certificate, sealed; and how asking went,
/// so that starting again and again does not ask again and again. Thread-safe.
final class AcmeKept {

    /// The longest chain that is kept, in characters.
    static final int CHARS_MAX = 20_000;

    private static final String ATTEMPT = "attempt";
    private static final int DIRECTORY_CHARS_MAX = 80;
    private static final int WHY_CHARS_MAX = 500;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]+");

    private final ControlStore store;
    private final Sealer sealer;

    AcmeKept(ControlStore store, Sealer sealer) {
        this.store = store;
        this.sealer = sealer;
    }

    /// The last attempt that failed.
    ///
    /// @param wanted what was asked for, and of whom
    /// @param next   when it is asked again at the earliest
    record Attempt(String wanted, int failures, Instant next, String why) {}

    /// When a certificate is renewed, and when its authority is asked about that again.
    ///
    /// @param certificate its serial number
    /// @param start       of the window that the authority suggests, with its end and what was chosen of it; null where it suggests none
    /// @param failures    how often in a row it could not be asked
    /// @param held        whether it was said that the authority wants this too often
    record Renewal(
            String certificate,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable Instant at,
            Instant askAgain,
            int failures,
            boolean held) {

        static Renewal unknown(String certificate) {
            return new Renewal(certificate, null, null, null, Instant.EPOCH, 0, false);
        }

        Renewal askedAgainAt(Instant when) {
            return new Renewal(certificate, start, end, at, when, 0, held);
        }

        Renewal failedUntil(Instant when) {
            return new Renewal(certificate, start, end, at, when, failures + 1, held);
        }

        Renewal renewedAt(Instant opens, Instant closes, Instant chosen) {
            return new Renewal(certificate, opens, closes, chosen, askAgain, failures, held);
        }

        Renewal asHeld() {
            return new Renewal(certificate, start, end, at, askAgain, failures, true);
        }
    }

    /// When certificates were issued lately, oldest first.
    ///
    /// @param early those that the authority wanted before our own rule did
    record Orders(List<Instant> all, List<Instant> early) {
        Orders {
            all = List.copyOf(all);
            early = List.copyOf(early);
        }

        Orders since(Instant when) {
            return new Orders(
                    all.stream().filter(one -> one.isAfter(when)).toList(),
                    early.stream().filter(one -> one.isAfter(when)).toList());
        }

        /// With one more, and the oldest forgotten beyond so many.
        Orders and(Instant when, boolean wasEarly, int most) {
            return new Orders(
                    newest(all, when, most), wasEarly ? newest(early, when, most) : early);
        }

        private static List<Instant> newest(List<Instant> before, Instant when, int most) {
            List<Instant> with = new ArrayList<>(before);
            with.add(when.truncatedTo(ChronoUnit.SECONDS));
            return with.subList(Math.max(0, with.size() - most), with.size());
        }
    }

    /// Our account's key with that authority; made and kept where there is none.
    KeyPair account(URI directory) {
        String name = name("account", directory);
        Optional<String> known = store.acme(name);
        if (known.isPresent()) {
            return key(opened(known.get()));
        }
        String jwk = freshKey();
        store.putAcme(Map.of(name, sealedText(jwk)));
        return key(jwk);
    }

    /// A fresh key for an account, as a JWK.
    static String freshKey() {
        KeyPair fresh = DoorKey.make().pair();
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) fresh.getPublic())
                .privateKey((ECPrivateKey) fresh.getPrivate())
                .build()
                .toJSONString();
    }

    static KeyPair key(String jwk) {
        try {
            return ECKey.parse(jwk).toKeyPair();
        } catch (ParseException | JOSEException ours) {
            throw new IllegalStateException("the key of the account is not one of ours", ours);
        }
    }

    /// What an operator wants of the account's key, or wanted last.
    Optional<AcmeErrand.AccountKey> accountKey(URI directory) {
        return sealedRecord(name("account-next", directory), AcmeErrand.AccountKey.class);
    }

    void keep(URI directory, AcmeErrand.AccountKey wanted) {
        store.putAcme(Map.of(name("account-next", directory), sealed(wanted)));
    }

    /// In one step: the account has that key from now on, and nothing is wanted of it any more.
    void keepAccount(URI directory, String jwk, AcmeErrand.AccountKey done) {
        store.putAcme(
                Map.of(
                        name("account", directory),
                        sealedText(jwk),
                        name("account-next", directory),
                        sealed(done)));
    }

    /// What an operator wants of a certificate, or wanted last.
    Optional<AcmeErrand.Replacement> replacement(URI directory) {
        return sealedRecord(name("replacement", directory), AcmeErrand.Replacement.class);
    }

    void keep(URI directory, AcmeErrand.Replacement wanted) {
        store.putAcme(Map.of(name("replacement", directory), sealed(wanted)));
    }

    Optional<Renewal> renewal(URI directory) {
        return store.acme(name("renewal", directory)).flatMap(text -> read(text, Renewal.class));
    }

    void keep(URI directory, Renewal renewal) {
        store.putAcme(Map.of(name("renewal", directory), text(renewal)));
    }

    Orders orders(URI directory) {
        return store.acme(name("orders", directory))
                .flatMap(text -> read(text, Orders.class))
                .orElse(new Orders(List.of(), List.of()));
    }

    void keep(URI directory, Orders orders) {
        store.putAcme(Map.of(name("orders", directory), text(orders)));
    }

    /// The newest certificate of that authority.
    Optional<Messages.KeyPair> certificate(URI directory) {
        return sealedRecord(name("certificate", directory), Messages.KeyPair.class);
    }

    void keep(URI directory, Messages.KeyPair certificate) {
        store.putAcme(Map.of(name("certificate", directory), sealed(certificate)));
    }

    /// How asking for that went; no failure where something else was asked for.
    Attempt attempt(String wanted) {
        return store.acme(ATTEMPT)
                .flatMap(text -> read(text, Attempt.class))
                .filter(last -> last.wanted().equals(wanted))
                .orElse(new Attempt(wanted, 0, Instant.EPOCH, ""));
    }

    void keep(Attempt failed) {
        store.putAcme(Map.of(ATTEMPT, text(failed)));
    }

    /// Whatever was asked for is asked for at once.
    void forgetAttempt() {
        keep(new Attempt("", 0, Instant.EPOCH, ""));
    }

    /// Words of strangers end up on terminals.
    static String printable(String said) {
        String plain = UNPRINTABLE.matcher(said).replaceAll(" ");
        return plain.substring(0, Math.min(WHY_CHARS_MAX, plain.length()));
    }

    private static String text(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static <T> Optional<T> read(String text, Class<T> type) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), type)
                        instanceof Json.Parsed.Value<T>(T value)
                ? Optional.of(value)
                : Optional.empty();
    }

    private <T> Optional<T> sealedRecord(String name, Class<T> type) {
        return store.acme(name).flatMap(text -> read(opened(text), type));
    }

    private String sealed(Object value) {
        return sealer.seal(Json.write(value));
    }

    private String sealedText(String jwk) {
        return sealer.seal(jwk.getBytes(StandardCharsets.UTF_8));
    }

    private String opened(String sealed) {
        return new String(
                sealer.open(sealed)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "what was sealed for the public name cannot be opened")),
                StandardCharsets.UTF_8);
    }

    /// The end of a long address tells authorities apart as well as its beginning.
    private static String name(String kind, URI directory) {
        String address = directory.toString();
        return kind + " " + address.substring(Math.max(0, address.length() - DIRECTORY_CHARS_MAX));
    }
}
