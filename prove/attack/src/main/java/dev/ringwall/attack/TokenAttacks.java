package dev.ringwall.attack;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.model.Allow;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Access tokens that are wrong in one respect each, on every operation that asks for one (RFC 8725, RFC 9068 §4).
final class TokenAttacks {

    /// On a larger system each kind is tried on the first operations only, and the others get the plainest forgery.
    static final int OPERATIONS_FOR_EVERY_KIND_MAX = 25;

    private static final Set<Reason> FORGED = Set.of(Reason.TOKEN_NOT_OURS, Reason.TOKEN_MALFORMED);

    private TokenAttacks() {}

    /// Makes the wrong token.
    @FunctionalInterface
    private interface Maker {
        String make(Forge forge, Operation operation) throws IOException, NotPlayable;
    }

    private record Kind(String name, String story, Set<Reason> stoppedBy, Maker maker) {}

    private static final Kind FOREIGN_KEY =
            new Kind(
                    "token-foreign-key",
                    "a token signed with another key under the provider's key id",
                    FORGED,
                    (forge, operation) ->
                            forge.wanted(operation).es256(forge.own().getPrivate()).compact());

    private static final List<Kind> KINDS =
            List.of(
                    flawed(
                            "token-expired",
                            "a token that has expired",
                            Reason.TOKEN_EXPIRED,
                            now -> Map.of("iat", now - 900, "exp", now - 600)),
                    flawed(
                            "token-not-yet-valid",
                            "a token from the future",
                            Reason.TOKEN_NOT_YET_VALID,
                            now -> Map.of("iat", now + 600, "nbf", now + 600, "exp", now + 900)),
                    flawed(
                            "token-wrong-audience",
                            "a token for somebody else",
                            Reason.TOKEN_WRONG_AUDIENCE,
                            now -> Map.of("aud", "https://elsewhere.example")),
                    flawed(
                            "token-wrong-issuer",
                            "a token of another provider",
                            Reason.TOKEN_NOT_OURS,
                            now -> Map.of("iss", "https://elsewhere.example/auth")),
                    algNone("token-alg-none", "none"),
                    algNone("token-alg-none-disguised", "nOnE"),
                    confused("pem", key -> pem(Forge.der(key))),
                    confused("der", Forge::der),
                    confused("jwk", key -> bytes(key.toPublicJWK().toJSONString())),
                    FOREIGN_KEY,
                    brought("jwk", forge -> forge.ownJwk().toJSONObject()),
                    brought("jku", forge -> "https://elsewhere.example/jwks"),
                    brought("x5u", forge -> "https://elsewhere.example/chain.pem"),
                    brought("x5c", TokenAttacks::ownCertificate),
                    new Kind(
                            "token-tampered-payload",
                            "a genuine token with more roles written into it",
                            FORGED,
                            (forge, operation) ->
                                    forge.wanted(operation)
                                            .signature(genuine(forge).signature())
                                            .compact()),
                    new Kind(
                            "token-tampered-signature",
                            "a genuine token with one bit of its signature turned",
                            FORGED,
                            (forge, operation) -> {
                                Jws token = genuine(forge);
                                byte[] signature = new Base64URL(token.signature()).decode();
                                signature[signature.length / 2] ^= 1;
                                return token.signature(Base64URL.encode(signature).toString())
                                        .compact();
                            }),
                    new Kind(
                            "token-zero-signature",
                            "a token whose signature is all zeros",
                            FORGED,
                            (forge, operation) ->
                                    forge.wanted(operation)
                                            .signature(Base64URL.encode(new byte[64]).toString())
                                            .compact()),
                    new Kind(
                            "token-no-signature",
                            "a token whose signature was cut off",
                            FORGED,
                            (forge, operation) -> forge.wanted(operation).compact()),
                    new Kind(
                            "token-garbled",
                            "a text that is no token",
                            Set.of(Reason.TOKEN_MALFORMED, Reason.TOKEN_NOT_OURS),
                            (forge, operation) -> "not.a.token"));

    static void derive(Derivation to) {
        int[] done = {0};
        for (Operation operation : to.guarded()) {
            boolean every = done[0]++ < OPERATIONS_FOR_EVERY_KIND_MAX;
            for (Kind kind : every ? KINDS : List.of(FOREIGN_KEY)) {
                add(to, operation, operation.line(), kind);
            }
            if (every) {
                idToken(to, operation);
                inQuery(to, operation);
            }
        }
        for (Operation operation : to.own()) {
            if (operation.allow() instanceof Allow.Anyone(Line line)) {
                add(to, operation, line, FOREIGN_KEY);
            }
        }
    }

    private static void add(Derivation to, Operation operation, Line line, Kind kind) {
        to.add(
                operation.name() + "/" + kind.name(),
                Family.TOKENS,
                kind.story() + " for " + operation.name(),
                line,
                Expectation.stopped(kind.stoppedBy()),
                scene -> {
                    Call call = new Requests(scene.stage()).plain(operation);
                    String token = kind.maker().make(new Forge(scene), operation);
                    return scene.atDoor(call.bearer(token));
                });
    }

    private static void idToken(Derivation to, Operation operation) {
        to.holders(operation).stream()
                .filter(role -> role.login() == dev.ringwall.model.Role.Login.PASSWORD)
                .findFirst()
                .ifPresent(role ->
                        to.add(
                                operation.name() + "/token-id-token",
                                Family.TOKENS,
                                "an ID token instead of an access token for " + operation.name(),
                                operation.line(),
                                Expectation.stopped(
                                        Reason.TOKEN_NOT_OURS,
                                        Reason.TOKEN_MALFORMED,
                                        Reason.TOKEN_WRONG_AUDIENCE),
                                scene -> {
                                    Session session = scene.stage().session(role.name(), 0);
                                    String token =
                                            session.idToken()
                                                    .orElseThrow(() ->
                                                            new NotPlayable(
                                                                    "no ID token was given"));
                                    Call call = new Requests(scene.stage()).plain(operation);
                                    return scene.atDoor(call.bearer(scene.keep(token)));
                                }));
    }

    private static void inQuery(Derivation to, Operation operation) {
        to.holders(operation).stream()
                .findFirst()
                .ifPresent(role ->
                        to.add(
                                operation.name() + "/token-in-query",
                                Family.TOKENS,
                                "a good credential in the query string of " + operation.name(),
                                operation.line(),
                                Expectation.stopped(Reason.NO_TOKEN),
                                scene -> {
                                    Call call = new Requests(scene.stage()).plain(operation);
                                    return scene.atDoor(
                                            call.withTarget(
                                                    call.target()
                                                            + "?access_token="
                                                            + scene.bearer(role.name(), 0)));
                                }));
    }

    /// The claims that are wrong, by the second at which the token is made.
    @FunctionalInterface
    private interface Flaws {
        Map<String, Object> at(long now);
    }

    private static Kind flawed(String name, String story, Reason reason, Flaws flaws) {
        return new Kind(
                name,
                story,
                EnumSet.of(reason, Reason.TOKEN_NOT_OURS),
                (forge, operation) -> {
                    Instant now = forge.now();
                    return forge.flawed(operation, flaws.at(now.getEpochSecond()));
                });
    }

    private static Kind algNone(String name, String algorithm) {
        return new Kind(
                name,
                "a token that says it needs no signature (alg: " + algorithm + ")",
                FORGED,
                (forge, operation) -> {
                    Jws wanted = forge.wanted(operation);
                    Map<String, Object> header = new HashMap<>(wanted.header());
                    header.put("alg", algorithm);
                    return Jws.unsigned(header, wanted.claims()).compact();
                });
    }

    /// The provider's public key as bytes.
    @FunctionalInterface
    private interface Secret {
        byte[] of(ECKey key) throws NotPlayable;
    }

    private static Kind confused(String form, Secret secret) {
        return new Kind(
                "token-key-confusion-" + form,
                "a token with the provider's public key as HMAC secret (" + form + ")",
                FORGED,
                (forge, operation) -> {
                    Jws wanted = forge.wanted(operation);
                    List<ECKey> keys = forge.keys();
                    if (keys.isEmpty()) {
                        throw new NotPlayable("the provider publishes no key");
                    }
                    Map<String, Object> header = new HashMap<>(wanted.header());
                    header.put("alg", "HS256");
                    return Jws.unsigned(header, wanted.claims())
                            .hs256(secret.of(keys.getFirst()))
                            .compact();
                });
    }

    /// What the header says about the key.
    @FunctionalInterface
    private interface Brought {
        Object value(Forge forge);
    }

    private static Kind brought(String member, Brought brought) {
        return new Kind(
                "token-brings-" + member,
                "a token that brings its own key along (" + member + ")",
                FORGED,
                (forge, operation) ->
                        forge.withHeader(operation, Map.of(member, brought.value(forge))));
    }

    private static Object ownCertificate(Forge forge) {
        return List.of(forge.ownCertificate());
    }

    private static Jws genuine(Forge forge) throws IOException, NotPlayable {
        return forge.genuine()
                .orElseThrow(() -> new NotPlayable("no role of this system holds tokens"));
    }

    private static byte[] pem(byte[] der) {
        return bytes(
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, bytes("\n")).encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
