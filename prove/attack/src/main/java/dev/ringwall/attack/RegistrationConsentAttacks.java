package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program that people allowed becomes another, and uses what they allowed the one that it was (RFC 7591 §5, RFC 7592 §4): its registration access
/// token is in the hands of somebody else.
final class RegistrationConsentAttacks {

    private static final String ELSEWHERE = "https://elsewhere.example/callback";

    private final Derivation to;
    private final RegistrationDesk desk;
    private final String role;

    private RegistrationConsentAttacks(Derivation to, RegistrationDesk desk, String role) {
        this.to = to;
        this.desk = desk;
        this.role = role;
    }

    static void derive(Derivation to) {
        Optional<RegistrationDesk> desk =
                to.blueprint()
                        .declaration()
                        .clientRegistration()
                        .map(RegistrationDesk::new)
                        .filter(RegistrationDesk::returns);
        Optional<String> role =
                desk.flatMap(there ->
                        to.roles().stream()
                                .filter(one -> there.says().roles().containsKey(one.name()))
                                .filter(one -> one.login() == Role.Login.PASSWORD)
                                .map(Role::name)
                                .findFirst());
        if (desk.isPresent() && role.isPresent()) {
            new RegistrationConsentAttacks(to, desk.get(), role.get()).derive();
        }
    }

    private void derive() {
        add(
                "registration-renamed-unasked",
                "a client that people allowed acts for them under another name",
                Map.of("client_name", "Another program"));
        add(
                "registration-moved-unasked",
                "a client that people allowed has their codes sent somewhere else",
                Map.of("redirect_uris", List.of(ELSEWHERE)));
    }

    private void add(String name, String story, Map<String, Object> change) {
        to.add(
                "auth/" + name,
                Family.CLIENTS,
                story + ", and they are not asked again",
                desk.says().line(),
                Expectation.stopped(),
                scene -> played(scene, change));
    }

    private Seen played(Scene scene, Map<String, Object> change) throws IOException, NotPlayable {
        Map<String, Object> client = desk.registered(scene);
        LoginFlow flow = ProviderAttacks.flow(scene);
        Credential.Password who = ProviderAttacks.who(scene, role, scene.stage().another());
        if (!(flow.authorize(who, flow.question("openid", Pkce.fresh()))
                instanceof Authorization.Code)) {
            throw new NotPlayable("signing in as " + role + " gave no code");
        }
        allowed(flow, question(flow, client, RegistrationDesk.OWN_BACK));
        Map<String, Object> other = new HashMap<>(desk.metadata());
        other.putAll(change);
        Reply changed = desk.replace(scene, client, other);
        if (changed.status() != 200) {
            throw new NotPlayable("a client cannot change itself: " + changed.excerpt());
        }
        boolean moved = change.containsKey("redirect_uris");
        return NamedClient.seen(
                flow.ask(question(flow, client, moved ? ELSEWHERE : RegistrationDesk.OWN_BACK)));
    }

    private static Map<String, String> question(
            LoginFlow flow, Map<String, Object> client, String back) {
        Map<String, String> question = flow.question("openid", Pkce.fresh());
        question.put(RegistrationDesk.ID, RegistrationDesk.id(client));
        question.put("redirect_uri", back);
        return question;
    }

    /// The person is asked, and allows it.
    private static void allowed(LoginFlow flow, Map<String, String> question)
            throws IOException, NotPlayable {
        String address = flow.path() + "/authorize?" + Browser.encoded(question);
        Browser.Page page =
                flow.browser().follow(flow.browser().open(address), RegistrationDesk.OWN_BACK);
        Form form =
                Form.all(page.reply().body()).stream()
                        .filter(one -> !one.fields().containsKey("password"))
                        .findFirst()
                        .orElseThrow(() ->
                                new NotPlayable("nobody is asked: " + page.reply().excerpt()));
        flow.browser().submit(page, form, Map.of("answer", "allow"));
        if (flow.ask(question) instanceof Authorization.Turned(String why, _)) {
            throw new NotPlayable("what a person allows is refused: " + why);
        }
    }
}
