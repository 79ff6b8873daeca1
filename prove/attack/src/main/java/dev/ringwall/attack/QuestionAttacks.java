package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What clients ask of the provider in the name of people: a login that is newer than it is, requests that were pushed for somebody else or
/// are over, codes of another client, tokens for another resource (OpenID Connect Core §3.1.2.1, §5.5.1, RFC 9126 §4, RFC 8707 §2, RFC 6749 §4.1.3).
final class QuestionAttacks {

    /// The other client that is there wherever people sign in.
    private static final String OTHER_CLIENT = "storefront";

    private static final String ELSEWHERE = "https://elsewhere.example";

    private final Derivation to;
    private final Role role;

    private QuestionAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role;
    }

    static void derive(Derivation to, Role role) {
        QuestionAttacks attacks = new QuestionAttacks(to, role);
        attacks.logins();
        attacks.pushed();
        attacks.elsewhere();
    }

    private void logins() {
        again("prompt-login-ignored", "that the person signs in again", Map.of("prompt", "login"));
        again(
                "prompt-consent-ignored",
                "that the person is asked whether it may act for them",
                Map.of("prompt", "consent"));
        again("max-age-ignored", "a login that is new", Map.of("max_age", "0"));
        again(
                "acr-insisted-ignored",
                "a way to sign in that the person has not used",
                claim("acr", "urn:ringwall:prove:never-used"));
        again("told-of-somebody-else", "another person", claim("sub", "nobody-of-that-id"));
    }

    /// A claim of the ID token that must have that value (OpenID Connect Core §5.5.1).
    private static Map<String, String> claim(String name, String value) {
        return Map.of(
                "claims",
                "{\"id_token\":{\"%s\":{\"essential\":true,\"value\":\"%s\"}}}"
                        .formatted(name, value));
    }

    /// Somebody at a browser that was left open wants what only a new login should give.
    private void again(String name, String wish, Map<String, String> said) {
        add(
                name,
                "somebody finds a browser in which a person is signed in, where the client asks for "
                        + wish,
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    Map<String, String> question = new LinkedHashMap<>(question(flow));
                    question.putAll(said);
                    return seen(flow.ask(question));
                });
    }

    private void pushed() {
        add(
                "request-uri-made-up",
                "somebody asks for a code by a request that nobody pushed",
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    return seen(
                            flow.ask(
                                    by(
                                            flow.client().id(),
                                            "urn:ietf:params:oauth:request_uri:guessed")));
                });
        add(
                "request-uri-reused",
                "somebody asks for a code by a pushed request that was answered",
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    Map<String, String> question = by(flow.client().id(), pushed(flow));
                    if (!(flow.ask(question) instanceof Authorization.Code)) {
                        throw new NotPlayable("a pushed request was not answered with a code");
                    }
                    return seen(flow.ask(question));
                });
        add(
                "request-uri-of-another-client",
                "somebody asks for a code by a request that another client pushed",
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    return seen(flow.ask(by(OTHER_CLIENT, pushed(flow))));
                });
        add(
                "request-uri-changed",
                "somebody adds to a pushed request where the code is to be sent",
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    Map<String, String> question =
                            new LinkedHashMap<>(by(flow.client().id(), pushed(flow)));
                    question.put("redirect_uri", ELSEWHERE);
                    Authorization answer = flow.ask(question);
                    boolean sentThere =
                            switch (answer) {
                                case Authorization.Code _ -> true;
                                case Authorization.Turned(_, Optional<String> sentTo) ->
                                        sentTo.filter(at -> at.startsWith(ELSEWHERE)).isPresent();
                            };
                    return sentThere
                            ? new Seen.Yielded("the browser was sent there")
                            : new Seen.Thwarted("it was not sent there");
                });
    }

    private void elsewhere() {
        add(
                "resource-elsewhere",
                "somebody asks for a token that is good somewhere else",
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    Map<String, String> question = new LinkedHashMap<>(question(flow));
                    question.put("resource", ELSEWHERE);
                    return seen(flow.ask(question));
                });
        add(
                "code-of-another-client",
                "somebody buys tokens with a code that another client was given",
                scene -> {
                    LoginFlow flow = signedIn(scene);
                    Pkce pkce = Pkce.fresh();
                    if (!(flow.ask(flow.question(scope(), pkce))
                            instanceof Authorization.Code(String code))) {
                        throw new NotPlayable("no code was given");
                    }
                    return switch (flow.tokens(
                            flow.purchase(code, pkce.verifier(), OTHER_CLIENT))) {
                        case LoginFlow.Outcome.Tokens _ -> new Seen.Yielded("tokens were given");
                        case LoginFlow.Outcome.Denied(String why) ->
                                new Seen.Thwarted("refused: " + why);
                    };
                });
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.PROVIDER, story, role.line(), Expectation.stopped(), play);
    }

    private LoginFlow signedIn(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Credential.Password who = ProviderAttacks.who(scene, role.name(), Accounts.SIGNING_IN);
        return switch (flow.authorize(who, question(flow))) {
            case Authorization.Code _ -> flow;
            case Authorization.Turned(String why, _) ->
                    throw new NotPlayable("signing in as " + role.name() + ": " + why);
        };
    }

    private String scope() {
        return LoginFlow.scopes(to.grants().operationsOf(role.name()));
    }

    private Map<String, String> question(LoginFlow flow) {
        return flow.question(scope(), Pkce.fresh());
    }

    private String pushed(LoginFlow flow) throws IOException, NotPlayable {
        Call call = Call.form(flow.path() + "/par", Browser.encoded(question(flow)));
        Reply reply = flow.browser().send(call);
        return Scene.json(reply)
                .map(body -> body.path("request_uri").asString(""))
                .filter(uri -> !uri.isEmpty())
                .orElseThrow(() -> new NotPlayable("no request can be pushed: " + reply.excerpt()));
    }

    private static Map<String, String> by(String client, String requestUri) {
        return Map.of("client_id", client, "request_uri", requestUri);
    }

    private static Seen seen(Authorization answer) {
        return switch (answer) {
            case Authorization.Code _ -> new Seen.Yielded("a code was given");
            case Authorization.Turned(String why, _) -> new Seen.Thwarted("refused: " + why);
        };
    }
}
