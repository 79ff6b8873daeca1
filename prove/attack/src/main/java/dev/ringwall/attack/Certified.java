package dev.ringwall.attack;

import dev.ringwall.model.Client;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/// A declared client that proves itself by a certificate (RFC 8705 §2), with that certificate and its key. For one thread.
///
/// @param door the way to the host at which the door asks for certificates; how TLS goes is said each time
record Certified(Client client, Pki.Identity identity, Road door, Scene scene) {

    static Certified of(Scene scene, Client client) throws NotPlayable {
        Target target = scene.stage().target();
        Insider handed = target.programs().get(client.name());
        if (handed == null) {
            throw new NotPlayable(
                    "no certificate of `%s` is at hand; hand it over with its key: --client-certificate %s=FILE"
                            .formatted(client.name(), client.name()));
        }
        String host =
                target.blueprint()
                        .declaration()
                        .door()
                        .mutualTls()
                        .orElseThrow(() -> new NotPlayable("nobody is asked for certificates"));
        int port = target.door().getPort();
        return new Certified(
                client,
                Pki.of(handed),
                scene.door().hosting(port < 0 ? host : host + ":" + port),
                scene);
    }

    /// The way there, showing that identity whenever one is asked for.
    Road showing(Optional<Pki.Identity> shown) {
        KeyManager[] keys =
                shown.map(one -> new KeyManager[] {new Insistent(one)}).orElse(new KeyManager[0]);
        return road(Pki.trusting(scene.stage().target().authority(), keys));
    }

    Road road(SSLContext context) {
        String host = door.host().replaceFirst(":[0-9]+$", "");
        return door.greeting(Optional.of(Road.Hello.modern(context, true).asking(host)));
    }

    /// A token that the client was given, bound to its certificate.
    String bought(Scene scene) throws IOException, NotPlayable {
        Reply reply = scene.exchange(showing(Optional.of(identity)), purchase(scene));
        scene.close(); // the next connection shows what it shows
        String token =
                token(reply)
                        .orElseThrow(() ->
                                new NotPlayable(
                                        "`"
                                                + client.name()
                                                + "` was given no tokens: "
                                                + reply.excerpt()));
        return scene.keep(token);
    }

    /// What it takes to buy tokens, except for the certificate.
    Call purchase(Scene scene) throws IOException, NotPlayable {
        String path = scene.stage().target().issuer().getPath() + "/token";
        return client.kind() == Client.Kind.MACHINE
                ? Call.form(
                        path,
                        Browser.encoded(
                                Map.of(
                                        "grant_type",
                                        "client_credentials",
                                        "client_id",
                                        client.name())))
                : withCode(scene);
    }

    private Call withCode(Scene scene) throws IOException, NotPlayable {
        String back = client.returnTo().keySet().iterator().next();
        String role = client.roles().keySet().iterator().next();
        LoginFlow flow =
                LoginFlow.as(
                        new LoginClient(client.name(), URI.create(back)),
                        scene.stage().target(),
                        scene.door(),
                        scene::patient);
        Pkce pkce = Pkce.fresh();
        Map<String, String> question =
                new LinkedHashMap<>(
                        flow.question(
                                LoginFlow.scopes(scene.stage().grants().operationsOf(role)), pkce));
        return switch (flow.authorize(
                ProviderAttacks.who(scene, role, Accounts.SIGNING_IN), question)) {
            case LoginFlow.Authorization.Code(String code) -> flow.purchase(code, pkce.verifier());
            case LoginFlow.Authorization.Turned(String why, _) ->
                    throw new NotPlayable("no code for `" + client.name() + "`: " + why);
        };
    }

    Optional<String> token(Reply reply) {
        return reply.status() == 200
                ? Scene.json(reply)
                        .map(body -> body.path("access_token"))
                        .filter(JsonNode::isString)
                        .map(JsonNode::asString)
                : Optional.empty();
    }
}
