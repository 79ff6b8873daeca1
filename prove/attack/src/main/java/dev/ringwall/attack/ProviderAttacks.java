package dev.ringwall.attack;

import dev.ringwall.model.Line;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Attacks on the authorization-code flow and on tokens that can be used again (RFC 9700 §2 and §4, RFC 7636, RFC 6749 §10).
final class ProviderAttacks {

    private static final String ELSEWHERE = "https://elsewhere.example/callback";

    private final Derivation to;
    private final String role;
    private final Line line;

    private ProviderAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role.name();
        this.line = role.line();
    }

    static void derive(Derivation to) {
        to.roles().stream()
                .filter(role -> role.login() == Role.Login.PASSWORD)
                .min(Comparator.comparing(Role::mfa)) // whoever shows less is quicker
                .ifPresent(role -> {
                    new ProviderAttacks(to, role).derive();
                    LoginAttacks.derive(to, role);
                    QuestionAttacks.derive(to, role);
                    BindingAttacks.derive(to, role);
                    FactorAttacks.derive(to, role);
                    PasskeyAttacks.derive(to, role);
                    AccountAttacks.derive(to, role);
                    AccountFormAttacks.derive(to, role);
                    LetterAttacks.derive(to, role);
                    LetterCodeAttacks.derive(to, role);
                    NoticeAttacks.derive(to, role);
                    ClientAttacks.derive(to, role);
                    DeviceAttacks.derive(to);
                    ConsentAttacks.derive(to);
                    SignerAttacks.derive(to);
                });
        AssertionAttacks.derive(to);
    }

    private void derive() {
        asking(
                "redirect-not-registered",
                "asks for the code to be sent elsewhere",
                question -> changed(question, "redirect_uri", ELSEWHERE));
        asking(
                "redirect-lookalike",
                "asks for the code to be sent to an address that begins like the registered one",
                question ->
                        changed(
                                question,
                                "redirect_uri",
                                question.get("redirect_uri") + ".elsewhere.example/"));
        asking(
                "redirect-other-path",
                "asks for the code to be sent to another page of the registered host",
                question ->
                        changed(
                                question,
                                "redirect_uri",
                                question.get("redirect_uri") + "/../elsewhere"));
        asking(
                "redirect-several-at",
                "asks for the code to be sent to a host that stands behind several `@`",
                question ->
                        changed(
                                question,
                                "redirect_uri",
                                bare(question, "redirect_uri")
                                        .replaceFirst("://([^/]*)", "://$1@$1@elsewhere.example")));
        asking(
                "pkce-missing",
                "asks for a code without PKCE",
                question -> without(question, "code_challenge", "code_challenge_method"));
        asking(
                "pkce-plain",
                "asks for a code with the weak form of PKCE",
                question -> changed(question, "code_challenge_method", "plain"));
        asking(
                "unknown-client",
                "asks for a code in the name of an unknown client",
                question -> changed(question, "client_id", "nobody-knows-this-client"));
        asking(
                "implicit-flow",
                "asks for a token in the address",
                question -> changed(question, "response_type", "token"));
        buying(
                "pkce-wrong-verifier",
                "somebody buys tokens with an intercepted code",
                (flow, code, _) -> flow.exchange(code, Pkce.fresh().verifier()));
        buying(
                "code-replay",
                "somebody uses a code a second time",
                (flow, code, verifier) -> {
                    bought(flow.exchange(code, verifier));
                    return flow.exchange(code, verifier);
                });
        buying(
                "code-replay-revokes",
                "somebody goes on with tokens whose code was used twice",
                (flow, code, verifier) -> {
                    String refresh = refresh(bought(flow.exchange(code, verifier)));
                    flow.exchange(code, verifier);
                    return flow.refresh(refresh);
                });
        buying(
                "refresh-reuse",
                "somebody uses a refresh token a second time",
                (flow, code, verifier) -> {
                    String refresh = refresh(bought(flow.exchange(code, verifier)));
                    bought(flow.refresh(refresh));
                    return flow.refresh(refresh);
                });
        buying(
                "refresh-reuse-revokes",
                "somebody goes on with a refresh token whose forerunner was used twice",
                (flow, code, verifier) -> {
                    String first = refresh(bought(flow.exchange(code, verifier)));
                    String second = refresh(bought(flow.refresh(first)));
                    flow.refresh(first);
                    return flow.refresh(second);
                });
        token(
                "grant-password",
                "somebody trades a password for tokens without the login page",
                Map.of("grant_type", "password"));
        token(
                "grant-without-secret",
                "somebody asks for a machine's tokens without a secret",
                Map.of("grant_type", "client_credentials"));
        token(
                "grant-guessed-code",
                "somebody guesses a code",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        "guessed",
                        "code_verifier",
                        Pkce.fresh().verifier()));
    }

    private static String bare(Map<String, String> question, String name) {
        return question.getOrDefault(name, "");
    }

    /// A question to the authorization endpoint that must not be answered with a code, nor lead the browser elsewhere.
    private void asking(String name, String how, UnaryOperator<Map<String, String>> change) {
        add(
                name,
                "somebody " + how,
                scene -> {
                    LoginFlow flow = flow(scene);
                    Map<String, String> question =
                            change.apply(flow.question("openid", Pkce.fresh()));
                    LoginFlow.Authorization answer = flow.authorize(who(scene), question);
                    return switch (answer) {
                        case LoginFlow.Authorization.Code _ -> new Seen.Yielded("a code was given");
                        case LoginFlow.Authorization.Turned(String why, var sentTo)
                                when sentTo.filter(at -> tellsTooMuch(at, question, flow))
                                        .isPresent() ->
                                new Seen.Yielded("the browser was sent on: " + why);
                        case LoginFlow.Authorization.Turned(String why, _) ->
                                new Seen.Thwarted("refused: " + why);
                    };
                });
    }

    private static boolean tellsTooMuch(
            String sentTo, Map<String, String> question, LoginFlow flow) {
        boolean registered =
                bare(question, "redirect_uri").equals(flow.client().redirect().toString());
        return sentTo.contains("access_token=")
                || (!registered && sentTo.startsWith(bare(question, "redirect_uri")));
    }

    /// What somebody does with a code that was honestly obtained.
    @FunctionalInterface
    private interface Purchase {
        LoginFlow.Outcome make(LoginFlow flow, String code, String verifier)
                throws IOException, NotPlayable;
    }

    private void buying(String name, String story, Purchase purchase) {
        add(
                name,
                story,
                scene -> {
                    LoginFlow flow = flow(scene);
                    Pkce pkce = Pkce.fresh();
                    String scope = LoginFlow.scopes(to.grants().operationsOf(role));
                    LoginFlow.Authorization answer =
                            flow.authorize(who(scene), flow.question(scope, pkce));
                    return switch (answer) {
                        case LoginFlow.Authorization.Code(String code) ->
                                seen(purchase.make(flow, code, pkce.verifier()));
                        case LoginFlow.Authorization.Turned(String why, _) ->
                                throw new NotPlayable("no code was given: " + why);
                    };
                });
    }

    private void token(String name, String story, Map<String, String> entries) {
        add(
                name,
                story,
                scene -> {
                    LoginFlow flow = flow(scene);
                    Credential.Password who = who(scene);
                    Map<String, String> form = new HashMap<>(entries);
                    form.put("client_id", flow.client().id());
                    form.put("username", who.user());
                    form.put("password", who.password());
                    form.put("redirect_uri", flow.client().redirect().toString());
                    return seen(
                            flow.tokens(Call.form(flow.path() + "/token", Browser.encoded(form))));
                });
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.PROVIDER, story, line, Expectation.stopped(), play);
    }

    static LoginFlow flow(Scene scene) throws NotPlayable {
        return LoginFlow.with(scene.stage().target(), scene.door(), scene::patient);
    }

    private Credential.Password who(Scene scene) throws NotPlayable {
        return who(scene, role, Accounts.SIGNING_IN);
    }

    /// Who signs in. A code of an app is good once, so who shows one has an account for each attack.
    static Credential.Password who(Scene scene, String role, int number) throws NotPlayable {
        boolean own = number == Accounts.SIGNING_IN && scene.stage().twice(role);
        int holder = own ? scene.stage().another() : number;
        return switch (scene.stage().credential(role, holder)) {
            case Credential.Password password -> {
                scene.keep(password.password());
                yield password;
            }
            case Credential.Key _, Credential.Client _, Credential.Token _ ->
                    throw new NotPlayable("no account with a password for role " + role);
        };
    }

    private static Seen seen(LoginFlow.Outcome outcome) {
        return switch (outcome) {
            case LoginFlow.Outcome.Tokens _ -> new Seen.Yielded("tokens were given");
            case LoginFlow.Outcome.Denied(String why) -> new Seen.Thwarted("refused: " + why);
        };
    }

    private static LoginFlow.Outcome.Tokens bought(LoginFlow.Outcome outcome) throws NotPlayable {
        return switch (outcome) {
            case LoginFlow.Outcome.Tokens tokens -> tokens;
            case LoginFlow.Outcome.Denied(String why) ->
                    throw new NotPlayable("no tokens were given in the first place: " + why);
        };
    }

    private static String refresh(LoginFlow.Outcome.Tokens tokens) throws NotPlayable {
        return tokens.refresh().orElseThrow(() -> new NotPlayable("no refresh token was given"));
    }

    private static Map<String, String> changed(
            Map<String, String> question, String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(question);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, String> without(Map<String, String> question, String... names) {
        Map<String, String> changed = new LinkedHashMap<>(question);
        for (String name : names) {
            changed.remove(name);
        }
        return changed;
    }
}
