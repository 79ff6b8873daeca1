package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.model.Client;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Attacks on the page for administrators, and on the client that it is: in other hands its tokens are worth all that an administrator may do.
final class AdministrationPageAttacks {

    private static final String CLIENT = "ringwall-administration";
    private static final String STOREFRONT = "storefront";
    private static final String PAGE = "/administration";
    private static final String ELSEWHERE = "https://elsewhere.example/administration";
    private static final Pattern FOREIGN_SCRIPTS =
            Pattern.compile("script-src[^;]*('unsafe-|\\*|\\bhttps?:(\\s|;|$)|\\bdata:)");

    private final Derivation to;
    private final Role role;

    private AdministrationPageAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role;
    }

    static void derive(Derivation to) {
        first(to, role -> administers(to, role))
                .ifPresent(role -> {
                    AdministrationPageAttacks attacks = new AdministrationPageAttacks(to, role);
                    attacks.derive();
                    first(to, other -> !administers(to, other)).ifPresent(attacks::without);
                });
    }

    private static Optional<Role> first(Derivation to, Predicate<Role> wanted) {
        return to.roles().stream()
                .filter(role -> role.login() == Role.Login.PASSWORD)
                .filter(wanted)
                .min(Comparator.comparing(Role::mfa)); // whoever shows less is quicker
    }

    private static boolean administers(Derivation to, Role role) {
        return to.grants().operationsOf(role.name()).stream()
                .anyMatch(AdministrationPageAttacks::shown);
    }

    private static boolean shown(OperationName name) {
        return name.owner().equals(Service.BUILT_IN) && !name.verb().startsWith("scim-");
    }

    private void derive() {
        add(
                "administration-page-exposed",
                "another site frames the page for administrators, or has its script run there",
                AdministrationPageAttacks::exposed);
        add(
                "administration-code-elsewhere",
                "somebody has the code of the page for administrators sent elsewhere",
                scene -> {
                    LoginFlow flow = signedIn(scene, role);
                    Map<String, String> question = question(scene, flow, Pkce.fresh());
                    question.put("redirect_uri", ELSEWHERE);
                    return switch (flow.ask(question)) {
                        case Authorization.Code _ -> new Seen.Yielded("the code was sent there");
                        case Authorization.Turned(String why, Optional<String> sentTo) ->
                                sentTo.filter(at -> at.startsWith(ELSEWHERE)).isPresent()
                                        ? new Seen.Yielded("the browser was sent there: " + why)
                                        : new Seen.Thwarted("refused: " + why);
                    };
                });
        add(
                "administration-code-to-script",
                "a script of another page at the door fetches a code with the login of an administrator",
                this::fetched);
        add(
                "administration-token-unbound",
                "somebody buys an administrator's token that whoever finds it can use",
                this::unbound);
        add(
                "administration-by-storefront",
                "a script of a page at the door gets a token of the storefront with the login of an administrator, and administers with it",
                scene ->
                        by(
                                scene,
                                STOREFRONT,
                                scene.stage().target().issuer().resolve("/callback").toString()));
        to.blueprint().declaration().clients().values().stream()
                .filter(client -> client.roles().containsKey(role.name()))
                .filter(client -> client.consent() == Client.Consent.GIVEN)
                .forEach(client ->
                        to.blueprint().declaration().besideServices(client).stream()
                                .findFirst()
                                .ifPresent(address -> besideServices(client, address)));
    }

    private void besideServices(Client client, String address) {
        to.add(
                "auth/administration-by-" + client.name(),
                Family.CLIENTS,
                "a script of a page at the door gets a token of the client "
                        + client.name()
                        + " with the login of an administrator, and administers with it",
                client.returnTo().getOrDefault(address, client.line()),
                Expectation.stopped(),
                scene -> by(scene, client.name(), address));
    }

    private void without(Role other) {
        add(
                "administration-code-for-" + other.name(),
                "a " + other.name() + " signs in to the page for administrators",
                scene -> {
                    LoginFlow flow = signedIn(scene, other);
                    return NamedClient.seen(flow.ask(question(scene, flow, Pkce.fresh())));
                });
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.CLIENTS, story, role.line(), Expectation.stopped(), play);
    }

    private static Seen exposed(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Reply reply = flow.browser().open(flow.path() + PAGE).reply();
        if (reply.status() != 200) {
            throw new NotPlayable("there is no page for administrators: " + reply.status());
        }
        String policy = String.join("; ", reply.headers("content-security-policy"));
        if (!policy.contains("frame-ancestors 'none'")
                && reply.header("x-frame-options").isEmpty()) {
            return new Seen.Yielded("any site may show it in a frame");
        }
        return policy.contains("script-src") && !FOREIGN_SCRIPTS.matcher(policy).find()
                ? new Seen.Thwarted("no frame may show it, and it runs its own scripts alone")
                : new Seen.Yielded("it runs whatever script is put into it");
    }

    private Seen fetched(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = signedIn(scene, role);
        Map<String, String> question = question(scene, flow, Pkce.fresh());
        if (!(flow.ask(question) instanceof Authorization.Code)) {
            throw new NotPlayable("the page for administrators gets no code");
        }
        Reply reply =
                flow.browser()
                        .send(
                                Call.get(flow.path() + "/authorize?" + Browser.encoded(question))
                                        .with("Sec-Fetch-Site", "same-origin")
                                        .with("Sec-Fetch-Mode", "cors")
                                        .with("Sec-Fetch-Dest", "empty"));
        return reply.header("location").filter(at -> at.contains("code=")).isPresent()
                ? new Seen.Yielded("it got a code")
                : new Seen.Thwarted("refused: " + reply.status());
    }

    private Seen unbound(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = signedIn(scene, role);
        Pkce pkce = Pkce.fresh();
        Map<String, String> question = question(scene, flow, pkce);
        if (!(flow.ask(question) instanceof Authorization.Code(String code))) {
            throw new NotPlayable("the page for administrators gets no code");
        }
        return AssertionAttacks.seen(flow.tokens(purchase(flow, question, pkce, code)));
    }

    private Seen by(Scene scene, String client, String back) throws IOException, NotPlayable {
        LoginFlow flow = signedIn(scene, role);
        Pkce pkce = Pkce.fresh();
        Map<String, String> question = question(scene, flow, pkce);
        question.put("client_id", client);
        question.put("redirect_uri", back);
        if (!(flow.ask(question) instanceof Authorization.Code(String code))) {
            throw new NotPlayable("the client " + client + " gets no code");
        }
        return switch (flow.tokens(purchase(flow, question, pkce, code))) {
            case LoginFlow.Outcome.Denied(String why) -> new Seen.Thwarted("refused: " + why);
            case LoginFlow.Outcome.Tokens tokens -> {
                Object scope = Jws.parse(tokens.access()).claims().get("scope");
                boolean administers =
                        List.of(String.valueOf(scope).split(" ", -1)).stream()
                                .anyMatch(name -> name.startsWith(Service.BUILT_IN + "."));
                yield administers
                        ? new Seen.Yielded("the token is good for it")
                        : new Seen.Thwarted("the token is not good for it");
            }
        };
    }

    private static Call purchase(
            LoginFlow flow, Map<String, String> question, Pkce pkce, String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", question.get("client_id"));
        form.put("redirect_uri", question.get("redirect_uri"));
        form.put("code", code);
        form.put("code_verifier", pkce.verifier());
        return Call.form(flow.path() + "/token", Browser.encoded(form));
    }

    private static LoginFlow signedIn(Scene scene, Role role) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Credential.Password who = ProviderAttacks.who(scene, role.name(), Accounts.SIGNING_IN);
        return switch (flow.authorize(who, flow.question("openid", Pkce.fresh()))) {
            case Authorization.Code _ -> flow;
            case Authorization.Turned(String why, _) ->
                    throw new NotPlayable("signing in as " + role.name() + ": " + why);
        };
    }

    private static Map<String, String> question(Scene scene, LoginFlow flow, Pkce pkce) {
        Map<String, String> question = new LinkedHashMap<>(flow.question("openid", pkce));
        question.put("client_id", CLIENT);
        question.put("redirect_uri", scene.stage().target().issuer() + PAGE);
        return question;
    }
}
