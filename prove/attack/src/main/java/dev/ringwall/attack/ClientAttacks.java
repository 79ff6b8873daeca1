package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.model.Client;
import dev.ringwall.model.PersonalScope;
import dev.ringwall.model.Role;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Attacks in the name of declared clients by somebody who has nothing of what they prove themselves with (RFC 9700 §4.1, RFC 9126, RFC 9101 §10,
/// FAPI 2.0, RFC 8705 §2, RFC 8693, OpenID Connect RP-Initiated Logout 1.0 §3).
final class ClientAttacks {

    private static final String ELSEWHERE = "https://elsewhere.example/callback";

    private final NamedClient client;

    private ClientAttacks(NamedClient client) {
        this.client = client;
    }

    /// @param role somebody who signs in
    static void derive(Derivation to, Role role) {
        first(to, client -> client.kind().returns()).ifPresent(ClientAttacks::redirects);
        first(to, client -> client.kind().proves() && client.kind().returns())
                .ifPresent(ClientAttacks::unproved);
        first(to, client -> client.profile() == Client.Profile.FAPI_2 && client.kind().returns())
                .ifPresent(ClientAttacks::unpushed);
        first(
                        to,
                        client ->
                                client.kind().returns()
                                        && client.profile() == Client.Profile.PLAIN
                                        && client.consent() == Client.Consent.GIVEN
                                        && !undeclared(client).isEmpty())
                .ifPresent(ClientAttacks::curious);
        RequestObjectAttacks.derive(to);
        CertificateAttacks.derive(to);
        RegistrationAttacks.derive(to);
        PairwiseAttacks.derive(to);
        RegistrationConsentAttacks.derive(to);
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
        return NamedClient.first(to, wanted).map(ClientAttacks::new);
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
        client.add(
                name,
                "somebody has the code of " + client.name() + " sent " + where,
                scene -> {
                    LoginFlow flow = client.signedIn(scene);
                    Map<String, String> question = client.question(flow);
                    String aim = changed.apply(client.back());
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
        client.add(
                name,
                "a link sends people elsewhere after they have signed out, " + how,
                scene -> {
                    LoginFlow flow = client.signedIn(scene);
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

    /// What it was not declared to know of people.
    private static Set<String> undeclared(Client client) {
        Set<String> undeclared = PersonalScope.words(EnumSet.allOf(PersonalScope.class));
        undeclared.removeAll(PersonalScope.words(client.claims().keySet()));
        return undeclared;
    }

    private void curious() {
        client.add(
                "client-claims-undeclared",
                client.name() + " asks for more of people than it was declared to know",
                scene -> {
                    LoginFlow flow = client.signedIn(scene);
                    Map<String, String> question = client.question(flow);
                    question.put(
                            "scope", "openid " + String.join(" ", undeclared(client.client())));
                    return NamedClient.seen(flow.ask(question));
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
        client.add(
                name,
                "somebody asks in the name of " + client.name() + ", " + how,
                scene -> {
                    LoginFlow flow = ProviderAttacks.flow(scene);
                    return NamedClient.seen(flow.browser().send(client.asks(flow, shown)));
                });
    }

    private void unpushed() {
        client.add(
                "fapi-unpushed",
                "somebody asks for a code of " + client.name() + " by the address of the browser",
                scene -> {
                    LoginFlow flow = client.signedIn(scene);
                    return NamedClient.seen(flow.ask(client.question(flow)));
                });
    }
}
