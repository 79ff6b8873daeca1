package dev.ringwall.attack;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Tokens that are bound to a key, in the hands of somebody who has the token and not the key (RFC 9449 §11).
final class BindingAttacks {

    private final Derivation to;
    private final Role role;
    private final Operation operation;

    private BindingAttacks(Derivation to, Role role, Operation operation) {
        this.to = to;
        this.role = role;
        this.operation = operation;
    }

    /// On the operation of the role that changes least.
    static void derive(Derivation to, Role role) {
        to.guarded().stream()
                .filter(operation -> to.holders(operation).contains(role))
                .min(Comparator.comparing(operation -> !operation.route().method().equals("GET")))
                .ifPresent(operation -> new BindingAttacks(to, role, operation).derive());
    }

    private void derive() {
        atDoor(
                "bound-token-as-bearer",
                "somebody shows a stolen token without the key that it is bound to",
                Reason.PROOF_MISSING,
                (scene, call, stolen) -> scene.atDoor(call.bearer(stolen.token())));
        atDoor(
                "bound-token-other-key",
                "somebody proves to hold another key than the stolen token is bound to",
                Reason.PROOF_NOT_VALID,
                (scene, call, stolen) ->
                        scene.atDoor(shown(call, stolen, proof(scene, call, stolen, Pki.keys()))));
        atDoor(
                "bound-proof-elsewhere",
                "somebody shows a stolen token with a proof that was made for another address",
                Reason.PROOF_NOT_VALID,
                (scene, call, stolen) ->
                        scene.atDoor(
                                shown(
                                        call,
                                        stolen,
                                        proof(
                                                scene,
                                                call.withTarget("/elsewhere"),
                                                stolen,
                                                stolen.key()))));
        atDoor(
                "bound-proof-replayed",
                "somebody sends what was overheard, token and proof, a second time",
                Reason.PROOF_REPLAYED,
                (scene, call, stolen) -> {
                    Call overheard = shown(call, stolen, proof(scene, call, stolen, stolen.key()));
                    scene.atDoor(overheard);
                    return scene.atDoor(overheard);
                });
        to.add(
                "auth/bound-refresh-stolen",
                Family.PROVIDER,
                "somebody renews a stolen login without the key that it is bound to",
                line(),
                Expectation.stopped(),
                scene -> {
                    Stolen stolen = stolen(scene);
                    return switch (stolen.flow().refresh(stolen.refresh())) {
                        case LoginFlow.Outcome.Tokens _ -> new Seen.Yielded("tokens were given");
                        case LoginFlow.Outcome.Denied(String why) ->
                                new Seen.Thwarted("refused: " + why);
                    };
                });
        to.add(
                "auth/bound-userinfo-stolen",
                Family.PROVIDER,
                "somebody asks whose a stolen token is without the key that it is bound to",
                line(),
                Expectation.stopped(),
                scene -> {
                    Stolen stolen = stolen(scene);
                    Reply reply = stolen.flow().userInfo(stolen.token());
                    return reply.status() == 200
                            ? new Seen.Yielded("it was told: " + reply.excerpt())
                            : new Seen.Thwarted("refused: " + reply.status());
                });
        to.add(
                "auth/bound-proof-beforehand",
                Family.PROVIDER,
                "somebody buys tokens with a proof that was made before the provider asked for one",
                line(),
                Expectation.stopped(),
                scene ->
                        switch (bought(scene, ProviderAttacks.flow(scene), Pki.keys(), false)) {
                            case LoginFlow.Outcome.Tokens _ ->
                                    new Seen.Yielded("tokens were given");
                            case LoginFlow.Outcome.Denied(String why) ->
                                    new Seen.Thwarted("refused: " + why);
                        });
    }

    private Line line() {
        return role.line();
    }

    /// What was stolen, and beside it the key, which was not.
    private record Stolen(LoginFlow flow, KeyPair key, String token, String refresh) {
        @Override
        public String toString() {
            return "Stolen[…]";
        }
    }

    @FunctionalInterface
    private interface Use {
        Seen of(Scene scene, Call call, Stolen stolen) throws IOException;
    }

    private void atDoor(String name, String story, Reason by, Use use) {
        to.add(
                "auth/" + name,
                Family.PROVIDER,
                story,
                line(),
                Expectation.stopped(by),
                scene -> {
                    Stolen stolen = stolen(scene);
                    return use.of(scene, new Requests(scene.stage()).plain(operation), stolen);
                });
    }

    /// Signs in honestly, with a key, and loses the tokens.
    private Stolen stolen(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        KeyPair key = Pki.keys();
        return switch (bought(scene, flow, key, true)) {
            case LoginFlow.Outcome.Tokens(String access, Optional<String> refresh, var _) ->
                    new Stolen(
                            flow,
                            key,
                            scene.keep(access),
                            scene.keep(
                                    refresh.orElseThrow(
                                            () -> new NotPlayable("no refresh token was given"))));
            case LoginFlow.Outcome.Denied(String why) ->
                    throw new NotPlayable("no bound tokens were given: " + why);
        };
    }

    /// Signs in and buys tokens with a proof by that key.
    ///
    /// @param asked whether the proof repeats the word that the provider wants
    private LoginFlow.Outcome bought(Scene scene, LoginFlow flow, KeyPair key, boolean asked)
            throws IOException, NotPlayable {
        Pkce pkce = Pkce.fresh();
        String scope = LoginFlow.scopes(to.grants().operationsOf(role.name()));
        Credential.Password who = ProviderAttacks.who(scene, role.name(), Accounts.SIGNING_IN);
        if (!(flow.authorize(who, flow.question(scope, pkce))
                instanceof LoginFlow.Authorization.Code(String code))) {
            throw new NotPlayable("no code was given");
        }
        String url = scene.stage().target().issuer() + "/token";
        Optional<String> word =
                asked
                        ? flow.nonce(
                                proof(scene, "POST", url, Optional.empty(), Optional.empty(), key))
                        : Optional.empty();
        return flow.tokens(
                flow.purchase(code, pkce.verifier())
                        .with("DPoP", proof(scene, "POST", url, Optional.empty(), word, key)));
    }

    private static Call shown(Call call, Stolen stolen, String proof) {
        return call.with("Authorization", "DPoP " + stolen.token()).with("DPoP", proof);
    }

    private static String proof(Scene scene, Call call, Stolen stolen, KeyPair by) {
        String path = call.target().split("\\?", 2)[0];
        return proof(
                scene,
                call.method(),
                scene.stage().door().origin() + path,
                Optional.of(stolen.token()),
                Optional.empty(),
                by);
    }

    private static String proof(
            Scene scene,
            String method,
            String url,
            Optional<String> token,
            Optional<String> nonce,
            KeyPair by) {
        Map<String, Object> claims = new java.util.HashMap<>();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", method);
        claims.put("htu", url);
        claims.put("iat", scene.stage().clock().instant().getEpochSecond());
        nonce.ifPresent(word -> claims.put("nonce", word));
        token.ifPresent(shown -> claims.put("ath", sha256(shown)));
        ECKey key = new ECKey.Builder(Curve.P_256, (ECPublicKey) by.getPublic()).build();
        return Jws.unsigned(
                        Map.of("typ", "dpop+jwt", "alg", "ES256", "jwk", key.toJSONObject()),
                        claims)
                .es256(by.getPrivate())
                .compact();
    }

    private static String sha256(String text) {
        try {
            return Base64URL.encode(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.US_ASCII)))
                    .toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
