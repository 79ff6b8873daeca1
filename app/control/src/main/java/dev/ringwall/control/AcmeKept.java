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
import java.util.Optional;

/// What is remembered of authorities that certify the public name: our account with each and the certificate, sealed; and how asking went,
/// so that starting again and again does not ask again and again. Thread-safe.
final class AcmeKept {

    /// The longest chain that is kept, in characters.
    static final int CHARS_MAX = 20_000;

    private static final String ATTEMPT = "attempt";
    private static final int DIRECTORY_CHARS_MAX = 80;

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

    /// Our account's key with that authority; made and kept where there is none.
    KeyPair account(URI directory) {
        String name = name("account", directory);
        try {
            Optional<String> known = store.acme(name);
            if (known.isPresent()) {
                return ECKey.parse(opened(known.get())).toKeyPair();
            }
            KeyPair fresh = DoorKey.make().pair();
            String jwk =
                    new ECKey.Builder(Curve.P_256, (ECPublicKey) fresh.getPublic())
                            .privateKey((ECPrivateKey) fresh.getPrivate())
                            .build()
                            .toJSONString();
            store.putAcme(name, sealer.seal(jwk.getBytes(StandardCharsets.UTF_8)));
            return fresh;
        } catch (ParseException | JOSEException ours) {
            throw new IllegalStateException("the key of the account is not one of ours", ours);
        }
    }

    /// The newest certificate of that authority.
    Optional<Messages.KeyPair> certificate(URI directory) {
        return store.acme(name("certificate", directory))
                .map(this::opened)
                .flatMap(text ->
                        Json.read(text.getBytes(StandardCharsets.UTF_8), Messages.KeyPair.class)
                                        instanceof
                                        Json.Parsed.Value<Messages.KeyPair>(Messages.KeyPair pair)
                                ? Optional.of(pair)
                                : Optional.empty());
    }

    void keep(URI directory, Messages.KeyPair certificate) {
        store.putAcme(name("certificate", directory), sealer.seal(Json.write(certificate)));
    }

    /// How asking for that went; no failure where something else was asked for.
    Attempt attempt(String wanted) {
        return store.acme(ATTEMPT)
                .flatMap(text ->
                        Json.read(text.getBytes(StandardCharsets.UTF_8), Attempt.class)
                                                instanceof Json.Parsed.Value<Attempt>(Attempt last)
                                        && last.wanted().equals(wanted)
                                ? Optional.of(last)
                                : Optional.empty())
                .orElse(new Attempt(wanted, 0, Instant.EPOCH, ""));
    }

    void keep(Attempt failed) {
        store.putAcme(ATTEMPT, new String(Json.write(failed), StandardCharsets.UTF_8));
    }

    void forgetAttempt(String wanted) {
        keep(new Attempt(wanted, 0, Instant.EPOCH, ""));
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
