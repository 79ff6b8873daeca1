package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.model.Client;
import dev.ringwall.model.OperationName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Consent that nobody gave: by a form of another site, by a link, by another person, and for more than was shown (OpenID Connect Core §3.1.2.4,
/// RFC 6749 §10.13, RFC 9700 §4.16).
final class ConsentAttacks {

    private static final String ELSEWHERE = "https://elsewhere.example";
    private static final Map<String, String> ALLOW = Map.of("answer", "allow");

    private final NamedClient client;

    private ConsentAttacks(NamedClient client) {
        this.client = client;
    }

    static void derive(Derivation to) {
        NamedClient.first(
                        to,
                        client ->
                                client.consent() == Client.Consent.ASK
                                        && client.profile() == Client.Profile.PLAIN
                                        && client.kind().returns())
                .ifPresent(client -> new ConsentAttacks(client).derive());
    }

    private void derive() {
        add("consent-csrf", "another site allows it in a person's name", this::foreignForm);
        add("consent-by-link", "a link allows it in a person's name", this::link);
        add(
                "consent-of-another",
                "a person is sent the question that somebody else has allowed",
                this::another);
        add("consent-for-more", "it asks for more than a person has allowed", this::more);
        add(
                "consent-rewritten",
                "a form allows more than the page showed to the person",
                this::rewritten);
        add("consent-refused-anyway", "a person has refused it", this::refused);
    }

    private void add(String name, String how, Attack.Play play) {
        client.add(
                name,
                "the client " + client.name() + " acts for people who did not allow it: " + how,
                play);
    }

    /// Somebody who is signed in and has allowed nothing.
    private LoginFlow person(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Credential.Password who = ProviderAttacks.who(scene, role(), scene.stage().another());
        return switch (flow.authorize(who, flow.question("openid", Pkce.fresh()))) {
            case Authorization.Code _ -> flow;
            case Authorization.Turned(String why, _) ->
                    throw new NotPlayable("signing in as " + role() + ": " + why);
        };
    }

    private String role() {
        return client.client().roles().keySet().iterator().next();
    }

    private Map<String, String> question(LoginFlow flow, String scope) {
        Map<String, String> question = new LinkedHashMap<>(client.question(flow));
        question.put("scope", scope);
        return question;
    }

    /// One thing that the person may do, and not who it is.
    private String little() throws NotPlayable {
        return client.to().grants().operationsOf(role()).stream()
                .findFirst()
                .map(OperationName::toString)
                .orElseThrow(
                        () -> new NotPlayable("a " + role() + " may do nothing that is asked for"));
    }

    private String much() {
        return LoginFlow.scopes(client.to().grants().operationsOf(role()));
    }

    /// The page on which the person is asked, and its form.
    private record Asked(LoginFlow flow, Browser.Page page, Form form) {

        Browser.Page answered(Map<String, String> entries) throws IOException {
            return flow.browser().submit(page, form, entries);
        }
    }

    private Asked asked(LoginFlow flow, Map<String, String> question)
            throws IOException, NotPlayable {
        String address = flow.path() + "/authorize?" + Browser.encoded(question);
        Browser.Page page = flow.browser().follow(flow.browser().open(address), client.back());
        return Form.all(page.reply().body()).stream()
                .filter(form -> !form.fields().containsKey("password"))
                .findFirst()
                .map(form -> new Asked(flow, page, form))
                .orElseThrow(() -> new NotPlayable("nobody is asked: " + page.reply().excerpt()));
    }

    /// Whether the client gets a code that nobody allowed.
    private static Seen then(LoginFlow flow, Map<String, String> question) throws IOException {
        return NamedClient.seen(flow.ask(question));
    }

    /// Allows it as the person would, so that what follows means something.
    private void allowed(LoginFlow flow, Map<String, String> question)
            throws IOException, NotPlayable {
        asked(flow, question).answered(ALLOW);
        if (flow.ask(question) instanceof Authorization.Turned(String why, _)) {
            throw new NotPlayable("what a person allows is refused: " + why);
        }
    }

    private Seen foreignForm(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = person(scene);
        Map<String, String> question = question(flow, little());
        Asked asked = asked(flow, question);
        LoginFlow attacker = person(scene);
        Form own = asked(attacker, question(attacker, little())).form();
        flow.browser()
                .submit(
                        asked.page(),
                        new Form(asked.form().action(), own.fields()),
                        ALLOW,
                        ELSEWHERE);
        return then(flow, question);
    }

    private Seen link(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = person(scene);
        Map<String, String> question = question(flow, little());
        String at = asked(flow, question).page().at();
        flow.browser().open(at + (at.contains("?") ? "&" : "?") + Browser.encoded(ALLOW));
        return then(flow, question);
    }

    private Seen another(Scene scene) throws IOException, NotPlayable {
        LoginFlow first = person(scene);
        Map<String, String> question = question(first, little());
        allowed(first, question);
        return then(person(scene), question);
    }

    private Seen more(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = person(scene);
        String much = much();
        allowed(flow, question(flow, little()));
        return then(flow, question(flow, much));
    }

    private Seen rewritten(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = person(scene);
        String much = much();
        Map<String, String> entries = new LinkedHashMap<>(ALLOW);
        entries.put("scope", much);
        asked(flow, question(flow, little())).answered(entries);
        return then(flow, question(flow, much));
    }

    private Seen refused(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = person(scene);
        Map<String, String> question = question(flow, little());
        asked(flow, question).answered(Map.of("answer", "refuse"));
        return then(flow, question);
    }
}
