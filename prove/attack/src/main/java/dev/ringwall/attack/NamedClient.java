package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.model.Client;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// A declared client, in whose name somebody asks who has nothing of what it proves itself with.
record NamedClient(Derivation to, Client client) {

    /// The first such client in the file.
    static Optional<NamedClient> first(Derivation to, Predicate<Client> wanted) {
        return to.blueprint().declaration().clients().values().stream()
                .filter(wanted)
                .filter(client -> !client.roles().isEmpty())
                .findFirst()
                .map(client -> new NamedClient(to, client));
    }

    String name() {
        return client.name();
    }

    /// Where people come back to it.
    String back() {
        return client.returnTo().keySet().iterator().next();
    }

    /// An authorization request of the client, as it should be.
    Map<String, String> question(LoginFlow flow) {
        Map<String, String> question = flow.question("openid", Pkce.fresh());
        question.put("client_id", client.name());
        question.put("redirect_uri", back());
        return question;
    }

    /// What it would ask for between programs: tokens of its own, or that a request is kept.
    Call asks(LoginFlow flow, Map<String, String> shown) {
        boolean machine = client.kind() == Client.Kind.MACHINE;
        Map<String, String> form =
                new HashMap<>(
                        machine ? Map.of("grant_type", "client_credentials") : question(flow));
        form.put("client_id", client.name());
        form.putAll(shown);
        return Call.form(flow.path() + (machine ? "/token" : "/par"), Browser.encoded(form));
    }

    /// Somebody for whom the client is declared has signed in.
    LoginFlow signedIn(Scene scene) throws IOException, NotPlayable {
        String role = client.roles().keySet().iterator().next();
        LoginFlow flow = ProviderAttacks.flow(scene);
        Credential.Password who = ProviderAttacks.who(scene, role, Accounts.SIGNING_IN);
        return switch (flow.authorize(who, flow.question("openid", Pkce.fresh()))) {
            case Authorization.Code _ -> flow;
            case Authorization.Turned(String why, _) ->
                    throw new NotPlayable("signing in as " + role + ": " + why);
        };
    }

    void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.CLIENTS, story, client.line(), Expectation.stopped(), play);
    }

    static Seen seen(Authorization answer) {
        return switch (answer) {
            case Authorization.Code _ -> new Seen.Yielded("a code was given");
            case Authorization.Turned(String why, _) -> new Seen.Thwarted("refused: " + why);
        };
    }

    static Seen seen(Reply reply) {
        return reply.status() / 100 == 2
                ? new Seen.Yielded("answered: " + reply.status())
                : new Seen.Thwarted("refused: " + reply.status());
    }
}
