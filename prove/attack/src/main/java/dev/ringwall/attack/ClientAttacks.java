package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.model.Client;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Attacks in the name of declared clients by somebody who has nothing of what they prove themselves with (RFC 9700 §4.1, RFC 9126, RFC 9101 §10,
/// FAPI 2.0, RFC 8705 §2, RFC 8693, OpenID Connect RP-Initiated Logout 1.0 §3).
final class ClientAttacks {

    private static final String ELSEWHERE = "https://elsewhere.example/callback";

    private final Derivation to;
    private final Client client;

    private ClientAttacks(Derivation to, Client client) {
        this.to = to;
        this.client = client;
    }

    /// @param role somebody who signs in
    static void derive(Derivation to, Role role) {
        first(to, client -> client.kind().returns()).ifPresent(ClientAttacks::redirects);
        first(to, client -> client.kind().proves() && client.kind().returns())
                .ifPresent(ClientAttacks::unproved);
        first(to, client -> client.proof() == Client.Proof.CERTIFICATE)
                .ifPresent(attacks ->
                        attacks.unproved(
                                "certificate-missing",
                                "that proves itself by a certificate, without one",
                                Map.of()));
        first(to, client -> client.profile() == Client.Profile.FAPI_2 && client.kind().returns())
                .ifPresent(ClientAttacks::unpushed);
        first(
                        to,
                        client ->
                                client.proof() == Client.Proof.KEYS
                                        && client.profile() == Client.Profile.PLAIN
                                        && client.kind().returns())
                .ifPresent(ClientAttacks::objects);
        to.add(
                "auth/exchange-by-public-client",
                Family.CLIENTS,
                "a client that anybody can pretend to be trades a person's token for one of its own",
                role.line(),
                Expectation.stopped(),
                scene -> {
                    String token = scene.bearer(role.name(), Accounts.ORDINARY);
                    LoginFlow flow = ProviderAttacks.flow(scene);
                    Map<String, String> form = new HashMap<>(exchange(token));
                    form.put("client_id", flow.client().id());
                    return AssertionAttacks.seen(
                            flow.tokens(Call.form(flow.path() + "/token", Browser.encoded(form))));
                });
    }

    private static Optional<ClientAttacks> first(Derivation to, Predicate<Client> wanted) {
        return to.blueprint().declaration().clients().values().stream()
                .filter(wanted)
                .filter(client -> !client.roles().isEmpty())
                .findFirst()
                .map(client -> new ClientAttacks(to, client));
    }

    static Map<String, String> exchange(String token) {
        return Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                token,
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:access_token");
    }

    private void redirects() {
        redirect("client-redirect-elsewhere", "elsewhere", _ -> ELSEWHERE);
        redirect(
                "client-redirect-lookalike",
                "to an address that begins like its own",
                own -> own + ".elsewhere.example/");
        redirect(
                "client-redirect-deeper",
                "to another page below its own address",
                own -> own + "/deeper");
        logout("client-logout-elsewhere", "in its name", _ -> Map.of("client_id", client.name()));
        logout(
                "client-logout-forged-hint",
                "by an ID token that nobody signed",
                scene ->
                        Map.of(
                                "id_token_hint",
                                Jws.unsigned(
                                                Map.of("alg", "none"),
                                                Map.of(
                                                        "iss",
                                                        scene.stage().target().issuer().toString(),
                                                        "sub",
                                                        "somebody",
                                                        "aud",
                                                        client.name()))
                                        .compact()));
    }

    private void redirect(String name, String where, UnaryOperator<String> changed) {
        add(
                name,
                "somebody has the code of " + client.name() + " sent " + where,
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    Map<String, String> question = question(flow);
                    String aim = changed.apply(back());
                    question.put("redirect_uri", aim);
                    return switch (flow.ask(question)) {
                        case Authorization.Code _ -> new Seen.Yielded("the code was sent there");
                        case Authorization.Turned(String why, Optional<String> sentTo) ->
                                sentTo.filter(at -> at.startsWith(aim)).isPresent()
                                        ? new Seen.Yielded("the browser was sent there: " + why)
                                        : new Seen.Thwarted("refused: " + why);
                    };
                });
    }

    /// Who the browser says that it comes from.
    @FunctionalInterface
    private interface Hint {
        Map<String, String> of(Scene scene);
    }

    private void logout(String name, String how, Hint hint) {
        add(
                name,
                "a link sends people elsewhere after they have signed out, " + how,
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    Map<String, String> query = new LinkedHashMap<>(hint.of(scene));
                    query.put("post_logout_redirect_uri", ELSEWHERE);
                    Browser.Page page =
                            flow.browser().open(flow.path() + "/logout?" + Browser.encoded(query));
                    Optional<Form> form = Form.with(page.reply().body(), "form");
                    Browser.Page after =
                            form.isPresent()
                                    ? flow.browser().submit(page, form.get(), Map.of())
                                    : page;
                    return after.sentTo().filter(at -> at.startsWith(ELSEWHERE)).isPresent()
                            ? new Seen.Yielded("the browser was sent there")
                            : new Seen.Thwarted("stays: " + after.reply().status());
                });
    }

    private void unproved() {
        unproved("client-without-proof", "without a proof", Map.of());
        unproved(
                "client-secret-guessed",
                "with a guessed secret",
                Map.of("client_secret", "guessed"));
    }

    private void unproved(String name, String how, Map<String, String> shown) {
        add(
                name,
                "somebody asks in the name of " + client.name() + ", " + how,
                scene -> {
                    LoginFlow flow = ProviderAttacks.flow(scene);
                    Map<String, String> form =
                            new HashMap<>(
                                    client.kind() == Client.Kind.MACHINE
                                            ? Map.of("grant_type", "client_credentials")
                                            : question(flow));
                    form.put("client_id", client.name());
                    form.putAll(shown);
                    String path = client.kind() == Client.Kind.MACHINE ? "/token" : "/par";
                    Reply reply =
                            flow.browser()
                                    .send(Call.form(flow.path() + path, Browser.encoded(form)));
                    return reply.status() / 100 == 2
                            ? new Seen.Yielded("answered: " + reply.status())
                            : new Seen.Thwarted("refused: " + reply.status());
                });
    }

    private void unpushed() {
        add(
                "fapi-unpushed",
                "somebody asks for a code of " + client.name() + " by the address of the browser",
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    return seen(flow.ask(question(flow)));
                });
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
        add(
                "request-object-fetched",
                "somebody says where the provider is to fetch a request of " + client.name(),
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    String object =
                            Jws.unsigned(Map.of("alg", "none"), claims(scene, flow)).compact();
                    try (FetchTrap trap =
                            new FetchTrap("application/oauth-authz-req+jwt", object)) {
                        Seen seen =
                                seen(
                                        flow.ask(
                                                Map.of(
                                                        "client_id",
                                                        client.name(),
                                                        "redirect_uri",
                                                        back(),
                                                        "request_uri",
                                                        trap.address())));
                        return trap.sprung()
                                ? new Seen.Yielded("the provider came to fetch it")
                                : seen;
                    }
                });
    }

    private void object(String name, String how, Function<Map<String, Object>, String> made) {
        add(
                name,
                "somebody asks for a code of " + client.name() + " by a request " + how,
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    Map<String, String> question = new LinkedHashMap<>();
                    question.put("client_id", client.name());
                    question.put("redirect_uri", back());
                    question.put("request", made.apply(claims(scene, flow)));
                    Authorization answer = flow.ask(question);
                    return seen(answer);
                });
    }

    private Map<String, Object> claims(Scene scene, LoginFlow flow) {
        Map<String, Object> claims = new HashMap<>(question(flow));
        claims.remove("state");
        claims.put("iss", client.name());
        claims.put("aud", scene.stage().target().issuer().toString());
        claims.put("exp", scene.stage().clock().instant().getEpochSecond() + 60);
        return claims;
    }

    private String back() {
        return client.returnTo().keySet().iterator().next();
    }

    /// An authorization request of the client, as it should be.
    private Map<String, String> question(LoginFlow flow) {
        Map<String, String> question = flow.question("openid", Pkce.fresh());
        question.put("client_id", client.name());
        question.put("redirect_uri", back());
        return question;
    }

    /// Somebody for whom the client is declared has signed in.
    private LoginFlow signedIn(Scene scene) throws IOException, NotPlayable {
        String role = client.roles().keySet().iterator().next();
        LoginFlow flow = ProviderAttacks.flow(scene);
        Credential.Password who = ProviderAttacks.who(scene, role, Accounts.SIGNING_IN);
        return switch (flow.authorize(who, flow.question("openid", Pkce.fresh()))) {
            case Authorization.Code _ -> flow;
            case Authorization.Turned(String why, _) ->
                    throw new NotPlayable("signing in as " + role + ": " + why);
        };
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.CLIENTS, story, client.line(), Expectation.stopped(), play);
    }

    private static Seen seen(Authorization answer) {
        return switch (answer) {
            case Authorization.Code _ -> new Seen.Yielded("a code was given");
            case Authorization.Turned(String why, _) -> new Seen.Thwarted("refused: " + why);
        };
    }
}
