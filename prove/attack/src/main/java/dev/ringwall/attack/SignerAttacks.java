package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.attack.LoginFlow.Outcome;
import dev.ringwall.model.Client;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a declared client with its own key must not get either, and what must not be got with what it signed (RFC 7523 §3, RFC 9126 §2, RFC 8693
/// §2.1, FAPI 2.0 Security Profile §5.3.2).
final class SignerAttacks {

    private static final String ELSEWHERE = "https://elsewhere.example/auth";

    private final NamedClient client;

    private SignerAttacks(NamedClient client) {
        this.client = client;
    }

    static void derive(Derivation to) {
        Signer.first(to, one -> one.kind().returns())
                .ifPresent(client -> new SignerAttacks(client).assertions());
        Signer.first(to, one -> one.kind().returns() && one.profile() == Client.Profile.FAPI_2)
                .ifPresent(client -> new SignerAttacks(client).profile());
        Signer.first(to, one -> !one.actsFor().isEmpty() && one.kind().returns())
                .ifPresent(client -> new SignerAttacks(client).exchange());
    }

    private void assertions() {
        assertion(
                "client-assertion-foreign-key",
                "signs with another key than " + client.name(),
                signer -> signer.signed(signer.claims(), Pki.keys()));
        assertion(
                "client-assertion-wrong-audience",
                "shows what " + client.name() + " signed for another server",
                signer -> changed(signer, "aud", ELSEWHERE));
        assertion(
                "client-assertion-several-audiences",
                "shows what " + client.name() + " signed for several servers",
                signer -> changed(signer, "aud", List.of(signer.issuer(), ELSEWHERE)));
        assertion(
                "client-assertion-expired",
                "shows what " + client.name() + " signed long ago",
                signer ->
                        changed(
                                signer,
                                "exp",
                                signer.scene().stage().clock().instant().getEpochSecond() - 600));
        client.add(
                "client-assertion-replayed",
                "somebody shows what " + client.name() + " has shown before",
                scene -> {
                    Signer signer = Signer.of(scene, client);
                    String assertion = signer.assertion();
                    Reply first = signer.push(signer.question(Pkce.fresh()), assertion);
                    if (Signer.taken(first).isEmpty()) {
                        throw new NotPlayable("nothing can be pushed: " + first.excerpt());
                    }
                    return NamedClient.seen(signer.push(signer.question(Pkce.fresh()), assertion));
                });
    }

    /// What is shown in place of what the client would sign.
    @FunctionalInterface
    private interface Shown {
        String of(Signer signer);
    }

    private void assertion(String name, String how, Shown shown) {
        client.add(
                name,
                "somebody " + how,
                scene -> {
                    Signer signer = Signer.of(scene, client);
                    signer.pushed(signer.question(Pkce.fresh()));
                    return NamedClient.seen(
                            signer.push(signer.question(Pkce.fresh()), shown.of(signer)));
                });
    }

    private static String changed(Signer signer, String claim, Object value) {
        Map<String, Object> claims = new HashMap<>(signer.claims());
        claims.put(claim, value);
        return signer.signed(claims, signer.key().keys());
    }

    private void profile() {
        challenge("fapi-pkce-missing", "without PKCE", Map.of("code_challenge", ""));
        challenge(
                "fapi-pkce-plain",
                "with the weak form of PKCE",
                Map.of("code_challenge_method", "plain"));
        client.add(
                "fapi-request-reused",
                "somebody sends a person a request of " + client.name() + " that was answered",
                scene -> {
                    Signer signer = Signer.of(scene, client);
                    String uri = signer.pushed(signer.question(Pkce.fresh()));
                    if (!(signer.ask(uri) instanceof Authorization.Code)) {
                        throw new NotPlayable("a pushed request was not answered with a code");
                    }
                    return NamedClient.seen(signer.ask(uri));
                });
        client.add(
                "fapi-token-unbound",
                client.name() + " buys tokens that are bound to no key",
                scene -> {
                    Signer signer = Signer.of(scene, client);
                    if (signer.bought(true) instanceof Outcome.Denied(String why)) {
                        throw new NotPlayable("no bound tokens are given either: " + why);
                    }
                    return AssertionAttacks.seen(signer.bought(false));
                });
    }

    /// @param said in place of what should be said; nothing for what is left out
    private void challenge(String name, String how, Map<String, String> said) {
        client.add(
                name,
                client.name() + " asks for a code " + how,
                scene -> {
                    Signer signer = Signer.of(scene, client);
                    signer.pushed(signer.question(Pkce.fresh()));
                    Map<String, String> question =
                            new LinkedHashMap<>(signer.question(Pkce.fresh()));
                    question.putAll(said);
                    question.values().removeIf(String::isEmpty);
                    Reply pushed = signer.push(question, signer.assertion());
                    Optional<String> uri = Signer.taken(pushed);
                    return uri.isEmpty()
                            ? NamedClient.seen(pushed)
                            : NamedClient.seen(signer.ask(uri.get()));
                });
    }

    private void exchange() {
        String acting = client.client().actsFor().keySet().iterator().next();
        Derivation to = client.to();
        List<String> may =
                to.grants().operationsOf(acting).stream().map(OperationName::toString).toList();
        if (may.size() > 1) {
            exchanged(
                    "exchange-for-more",
                    client.name() + " trades a person's token for one that may do more",
                    acting,
                    Map.of("scope", String.join(" ", may)));
        }
        exchanged(
                "exchange-for-elsewhere",
                client.name() + " trades a person's token for one that is good elsewhere",
                acting,
                Map.of("audience", ELSEWHERE));
        to.roles().stream()
                .filter(role -> role.login() == Role.Login.PASSWORD)
                .map(Role::name)
                .filter(role -> !client.client().actsFor().containsKey(role))
                .findFirst()
                .ifPresent(other ->
                        client.add(
                                "exchange-for-others",
                                client.name()
                                        + " trades the token of somebody whom it may not act for",
                                scene -> {
                                    Signer signer = Signer.of(scene, client);
                                    Map<String, String> form =
                                            ClientAttacks.exchange(
                                                    scene.bearer(other, Accounts.ORDINARY));
                                    return AssertionAttacks.seen(signer.exchange(form));
                                }));
    }

    /// Trades a token that was given for one operation: first as it may, then with that asked for besides.
    private void exchanged(String name, String story, String acting, Map<String, String> more) {
        client.add(
                name,
                story,
                scene -> {
                    Signer signer = Signer.of(scene, client);
                    Map<String, String> form =
                            new LinkedHashMap<>(ClientAttacks.exchange(narrow(scene, acting)));
                    if (signer.exchange(form) instanceof Outcome.Denied(String why)) {
                        throw new NotPlayable("nothing is traded at all: " + why);
                    }
                    form.putAll(more);
                    return AssertionAttacks.seen(signer.exchange(form));
                });
    }

    private String narrow(Scene scene, String role) throws IOException, NotPlayable {
        Credential.Password who = ProviderAttacks.who(scene, role, Accounts.SIGNING_IN);
        String one =
                client.to().grants().operationsOf(role).stream()
                        .findFirst()
                        .map(OperationName::toString)
                        .orElseThrow(() -> new NotPlayable("a " + role + " may do nothing"));
        return switch (ProviderAttacks.flow(scene).signIn(who, one)) {
            case Outcome.Tokens tokens -> scene.keep(tokens.access());
            case Outcome.Denied(String why) ->
                    throw new NotPlayable("signing in as " + role + ": " + why);
        };
    }
}
