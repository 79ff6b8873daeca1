package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.attack.LoginFlow.Outcome;
import dev.ringwall.model.Client;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Attacks by clients with ids of their own (OpenID Connect Core §8.1), which want to know of whom others speak. One that proves itself is not
/// played, since what it proves itself with is not here.
final class PairwiseAttacks {

    /// What is the same for everybody, or says when and how somebody signed in, but not who.
    private static final Set<String> OF_NOBODY =
            Set.of(
                    "iss",
                    "aud",
                    "exp",
                    "iat",
                    "nbf",
                    "auth_time",
                    "acr",
                    "amr",
                    "roles",
                    "scope",
                    "nonce",
                    "active",
                    "token_type");

    private static final String SEALED = "ringwall_sealed";

    private final NamedClient client;

    private PairwiseAttacks(NamedClient client) {
        this.client = client;
    }

    static void derive(Derivation to) {
        List<NamedClient> own =
                to.blueprint().declaration().clients().values().stream()
                        .filter(client -> client.subject() == Client.Subject.PAIRWISE)
                        .filter(client -> client.kind().returns() && !client.kind().proves())
                        .filter(client -> client.consent() == Client.Consent.GIVEN)
                        .filter(client -> signsInByPassword(to, client))
                        .map(client -> new NamedClient(to, client))
                        .toList();
        if (own.isEmpty()) {
            return;
        }
        NamedClient first = own.getFirst();
        PairwiseAttacks attacks = new PairwiseAttacks(first);
        attacks.comparedWithDoor();
        own.stream()
                .filter(other ->
                        !other.client().ownSector().equals(first.client().ownSector())
                                && other.client().roles().containsKey(attacks.role()))
                .findFirst()
                .ifPresent(attacks::compared);
        attacks.askedByAccount();
        to.blueprint().declaration().roles().values().stream()
                .filter(role -> role.login() == Role.Login.CLIENT)
                .findFirst()
                .ifPresent(attacks::introspected);
        to.own().stream()
                .filter(operation ->
                        to.holders(operation).stream()
                                .anyMatch(role -> role.name().equals(attacks.role())))
                .findFirst()
                .ifPresent(attacks::moved);
    }

    private static boolean signsInByPassword(Derivation to, Client client) {
        Role role =
                client.roles().isEmpty()
                        ? null
                        : to.blueprint()
                                .declaration()
                                .roles()
                                .get(client.roles().keySet().iterator().next());
        return role != null && role.login() == Role.Login.PASSWORD;
    }

    private String role() {
        return client.client().roles().keySet().iterator().next();
    }

    private void compared(NamedClient other) {
        client.add(
                "pairwise-compared",
                client.name()
                        + " and "
                        + other.name()
                        + " compare all that they were told of the same person",
                scene -> {
                    LoginFlow flow = client.signedIn(scene);
                    return common(
                            told(flow, bought(flow, Optional.of(client))),
                            told(flow, bought(flow, Optional.of(other))));
                });
    }

    private void comparedWithDoor() {
        client.add(
                "pairwise-compared-with-door",
                client.name()
                        + " looks for the person whom it knows in what another client was told",
                scene -> {
                    LoginFlow flow = client.signedIn(scene);
                    return common(
                            told(flow, bought(flow, Optional.of(client))),
                            told(flow, bought(flow, Optional.empty())));
                });
    }

    private static Seen common(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.retainAll(other);
        return both.isEmpty()
                ? new Seen.Thwarted("nothing that they were told is the same")
                : new Seen.Yielded(both.size() + " things that they were told are the same");
    }

    private void askedByAccount() {
        client.add(
                "pairwise-asked-by-account",
                client.name() + " asks whether the person is the one whom another client knows",
                scene -> {
                    LoginFlow flow = client.signedIn(scene);
                    Object known =
                            Jws.parse(bought(flow, Optional.empty()).access()).claims().get("sub");
                    if (known == null) {
                        throw new NotPlayable("the other client was told of nobody");
                    }
                    Map<String, String> question = client.question(flow);
                    question.put(
                            "claims",
                            "{\"id_token\":{\"sub\":{\"value\":\"%s\"}}}".formatted(known));
                    return NamedClient.seen(flow.ask(question));
                });
    }

    private void introspected(Role machine) {
        client.add(
                "pairwise-introspected",
                "a machine asks the provider who is behind a token of " + client.name(),
                scene -> {
                    SigningMachine asker = SigningMachine.of(scene, machine.name());
                    LoginFlow flow = client.signedIn(scene);
                    Map<String, String> form = new HashMap<>();
                    form.put("token", bought(flow, Optional.of(client)).access());
                    form.put("client_assertion_type", SigningMachine.ASSERTION_TYPE);
                    form.put("client_assertion", asker.assertion(scene));
                    Reply reply =
                            flow.browser()
                                    .send(
                                            Call.form(
                                                    flow.path() + "/introspect",
                                                    Browser.encoded(form)));
                    JsonNode says =
                            Scene.json(reply)
                                    .filter(answer -> answer.path("active").asBoolean(false))
                                    .orElseThrow(() ->
                                            new NotPlayable(
                                                    "the token is not known: " + reply.status()));
                    Set<String> said = new TreeSet<>();
                    keep(said, says);
                    return common(said, told(flow, bought(flow, Optional.empty())));
                });
    }

    private void moved(Operation operation) {
        client.to()
                .add(
                        "auth/pairwise-sealed-moved",
                        Family.CLIENTS,
                        client.name()
                                + " writes what is sealed in one of its tokens into another one",
                        client.client().line(),
                        Expectation.stopped(Reason.TOKEN_NOT_OURS, Reason.TOKEN_NOT_OPENED),
                        scene -> {
                            LoginFlow flow = client.signedIn(scene);
                            Jws one = Jws.parse(bought(flow, Optional.of(client)).access());
                            Jws other = Jws.parse(bought(flow, Optional.of(client)).access());
                            if (!other.claims().containsKey(SEALED)) {
                                throw new NotPlayable("nothing is sealed in its tokens");
                            }
                            Map<String, Object> claims = new HashMap<>(one.claims());
                            claims.put(SEALED, other.claims().get(SEALED));
                            String token =
                                    Jws.unsigned(one.header(), claims)
                                            .signature(one.signature())
                                            .compact();
                            return scene.atDoor(
                                    new Requests(scene.stage())
                                            .plain(operation)
                                            .bearer(scene.keep(token)));
                        });
    }

    /// What a client gets for whoever is signed in: that one, or the client that people sign in with at the door.
    private static Outcome.Tokens bought(LoginFlow flow, Optional<NamedClient> by)
            throws IOException, NotPlayable {
        Pkce pkce = Pkce.fresh();
        Map<String, String> question = flow.question("openid", pkce);
        by.ifPresent(client -> {
            question.put("client_id", client.name());
            question.put("redirect_uri", client.back());
        });
        if (!(flow.ask(question) instanceof Authorization.Code(String code))) {
            throw new NotPlayable("no code was given to " + question.get("client_id"));
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("client_id", question.get("client_id"));
        form.put("redirect_uri", question.get("redirect_uri"));
        form.put("code_verifier", pkce.verifier());
        return switch (flow.tokens(Call.form(flow.path() + "/token", Browser.encoded(form)))) {
            case Outcome.Tokens tokens -> tokens;
            case Outcome.Denied(String why) -> throw new NotPlayable("no tokens: " + why);
        };
    }

    /// All that the client can read of the person: in both tokens, and at UserInfo.
    private static Set<String> told(LoginFlow flow, Outcome.Tokens tokens)
            throws IOException, NotPlayable {
        Set<String> told = new TreeSet<>();
        keep(told, Jws.parse(tokens.access()).claims());
        if (tokens.id().isPresent()) {
            keep(told, Jws.parse(tokens.id().get()).claims());
        }
        Optional<JsonNode> info = Scene.json(flow.userInfo(tokens.access()));
        info.ifPresent(says -> keep(told, says));
        if (told.isEmpty()) {
            throw new NotPlayable("nobody was told anything");
        }
        return told;
    }

    private static void keep(Set<String> told, JsonNode says) {
        says.properties()
                .forEach(claim -> {
                    String value = claim.getValue().asString("");
                    if (!OF_NOBODY.contains(claim.getKey()) && !value.isEmpty()) {
                        told.add(value);
                    }
                });
    }

    private static void keep(Set<String> told, Map<String, Object> claims) {
        claims.forEach((name, value) -> {
            if (!OF_NOBODY.contains(name)) {
                told.add(String.valueOf(value));
            }
        });
    }
}
