package dev.ringwall.attack;

import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.Map;

/// Another site submits the forms of the account page in the name of whoever is signed in (CSRF). It knows a form's secret of its own browser, but
/// not that of the person's.
final class AccountFormAttacks {

    private static final String NEW_PASSWORD = "a password that somebody else chose";

    private final Derivation to;
    private final Role role;

    private AccountFormAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role;
    }

    static void derive(Derivation to, Role role) {
        AccountFormAttacks attacks = new AccountFormAttacks(to, role);
        attacks.form(
                "account-csrf-password",
                "sets a new password",
                "",
                Map.of(
                        "act",
                        "password",
                        "current",
                        "guessed",
                        "next",
                        NEW_PASSWORD,
                        "again",
                        NEW_PASSWORD));
        attacks.form(
                "account-csrf-new-codes",
                "makes other recovery codes",
                "",
                Map.of("act", "new-codes"));
        attacks.form("account-csrf-remove-app", "removes the app", "", Map.of("act", "remove-app"));
        attacks.form(
                "account-csrf-end-login",
                "ends a login",
                "",
                Map.of("act", "end-login", "which", "guessed"));
        attacks.form("account-csrf-end-others", "ends all logins", "", Map.of("act", "end-others"));
        attacks.form(
                "account-csrf-end-client",
                "ends what a client may do",
                "",
                Map.of("act", "end-client", "which", "storefront"));
        attacks.form("account-csrf-app", "adds an app", "/app", Map.of("code", "123456"));
        if (to.blueprint().declaration().mail().isPresent()) {
            attacks.form(
                    "account-csrf-mail",
                    "has letters sent to another address",
                    "/mail",
                    Map.of("who", "somebody@elsewhere.example"));
        }
        attacks.add("logout-csrf", "another site signs a person out", attacks::out);
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.ACCOUNTS, story, role.line(), Expectation.stopped(), play);
    }

    private void form(String name, String act, String page, Map<String, String> entries) {
        add(
                name,
                "another site " + act + " in the name of whoever is signed in",
                scene -> {
                    AccountVisit person = person(scene);
                    String foreign = foreign(scene);
                    int status = person.submit(person.path() + page, foreign, entries).status();
                    return switch (status) {
                        case 403 -> new Seen.Thwarted("refused: 403");
                        case 200, 302, 303, 422 ->
                                new Seen.Yielded("the form was taken: " + status);
                        default -> throw new NotPlayable("the form was answered with " + status);
                    };
                });
    }

    private Seen out(Scene scene) throws IOException, NotPlayable {
        AccountVisit person = person(scene);
        if (!person.signedIn()) {
            throw new NotPlayable("the page of the account does not come");
        }
        person.submit(person.flow().path() + "/logout", foreign(scene), Map.of());
        return person.signedIn()
                ? new Seen.Thwarted("still signed in")
                : new Seen.Yielded("signed out");
    }

    private AccountVisit person(Scene scene) throws IOException, NotPlayable {
        return AccountVisit.of(
                scene, ProviderAttacks.who(scene, role.name(), scene.stage().another()));
    }

    /// The secret of a form in another browser.
    private static String foreign(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Browser.Page page =
                flow.browser()
                        .follow(
                                flow.browser()
                                        .open(
                                                flow.path()
                                                        + "/authorize?"
                                                        + Browser.encoded(
                                                                flow.question(
                                                                        "openid", Pkce.fresh()))),
                                flow.client().redirect().toString());
        return page.form()
                .map(form -> form.fields().getOrDefault("form", ""))
                .filter(secret -> !secret.isEmpty())
                .orElseThrow(() -> new NotPlayable("no login page came"));
    }
}
