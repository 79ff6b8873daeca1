package dev.ringwall.attack;

import dev.ringwall.model.Client;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Attacks by authorization requests that a client is said to have signed (RFC 9101 §10).
final class RequestObjectAttacks {

    private final NamedClient client;

    private RequestObjectAttacks(NamedClient client) {
        this.client = client;
    }

    static void derive(Derivation to) {
        NamedClient.first(
                        to,
                        client ->
                                client.proof() == Client.Proof.KEYS
                                        && client.profile() == Client.Profile.PLAIN
                                        && client.kind().returns())
                .ifPresent(client -> new RequestObjectAttacks(client).objects());
    }

    private void objects() {
        object(
                "request-object-unsigned",
                "that nobody signed",
                claims -> Jws.unsigned(Map.of("alg", "none"), claims).compact());
        object(
                "request-object-foreign-key",
                "that another key signed",
                claims -> {
                    KeyPair own = Pki.keys();
                    return Jws.unsigned(
                                    Map.of(
                                            "alg",
                                            "ES256",
                                            "kid",
                                            "own",
                                            "jwk",
                                            SigningMachine.jwk(own).toJSONObject()),
                                    claims)
                            .es256(own.getPrivate())
                            .compact();
                });
        client.add(
                "request-object-fetched",
                "somebody says where the provider is to fetch a request of " + client.name(),
                scene -> {
                    LoginFlow flow = client.signedIn(scene);
                    String object =
                            Jws.unsigned(Map.of("alg", "none"), claims(scene, flow)).compact();
                    try (FetchTrap trap =
                            new FetchTrap("application/oauth-authz-req+jwt", object)) {
                        Seen seen =
                                NamedClient.seen(
                                        flow.ask(
                                                Map.of(
                                                        "client_id",
                                                        client.name(),
                                                        "redirect_uri",
                                                        client.back(),
                                                        "request_uri",
                                                        trap.address())));
                        return trap.sprung()
                                ? new Seen.Yielded("the provider came to fetch it")
                                : seen;
                    }
                });
    }

    private void object(String name, String how, Function<Map<String, Object>, String> made) {
        client.add(
                name,
                "somebody asks for a code of " + client.name() + " by a request " + how,
                scene -> {
                    LoginFlow flow = client.signedIn(scene);
                    Map<String, String> question = new LinkedHashMap<>();
                    question.put("client_id", client.name());
                    question.put("redirect_uri", client.back());
                    question.put("request", made.apply(claims(scene, flow)));
                    return NamedClient.seen(flow.ask(question));
                });
    }

    private Map<String, Object> claims(Scene scene, LoginFlow flow) {
        Map<String, Object> claims = new HashMap<>(client.question(flow));
        claims.remove("state");
        claims.put("iss", client.name());
        claims.put("aud", scene.stage().target().issuer().toString());
        claims.put("exp", scene.stage().clock().instant().getEpochSecond() + 60);
        return claims;
    }
}
