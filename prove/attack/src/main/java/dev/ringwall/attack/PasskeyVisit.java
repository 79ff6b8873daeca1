package dev.ringwall.attack;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A browser at the login page, or at the one behind it, with or without a passkey at hand. For one thread.
final class PasskeyVisit {

    /// The field that the browser's answer comes in.
    static final String FIELD = "credential";

    private static final String SECOND = "code";

    private final LoginFlow flow;
    private final String end;

    PasskeyVisit(Scene scene) throws NotPlayable {
        this.flow = ProviderAttacks.flow(scene);
        this.end = flow.client().redirect().toString();
    }

    /// One that is made for the target's provider.
    static Passkey passkey(Scene scene) {
        URI issuer = scene.stage().target().issuer();
        return Passkey.at(issuer.getHost(), issuer.getScheme() + "://" + issuer.getRawAuthority());
    }

    /// Signs in with the password, adds the passkey and returns the account's page.
    static AccountVisit added(Scene scene, Credential.Password who, Passkey passkey)
            throws IOException, NotPlayable {
        AccountVisit visit = AccountVisit.of(scene, who);
        Reply page = visit.flow().browser().send(Call.get(visit.path() + "/passkey"));
        Reply done =
                visit.submit(
                        visit.path() + "/passkey",
                        form(page).fields().getOrDefault("form", ""),
                        Map.of(FIELD, passkey.made(page), "name", "prover"));
        if (done.status() != 200 && !done.redirects()) {
            throw new NotPlayable("no passkey can be added: " + done.excerpt());
        }
        return visit;
    }

    private static Form form(Reply page) throws NotPlayable {
        return Form.with(page.body(), FIELD)
                .orElseThrow(() -> new NotPlayable("no passkey is asked for: " + page.excerpt()));
    }

    Browser browser() {
        return flow.browser();
    }

    Browser.Page loginPage() throws IOException {
        return browser().open(flow.path() + "/login");
    }

    /// The page behind the password.
    Browser.Page afterPassword(Credential.Password who) throws IOException, NotPlayable {
        Browser.Page page = loginPage();
        Form form = page.form().orElseThrow(() -> new NotPlayable("no login page came"));
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("username", who.user());
        entries.put("password", who.password());
        return browser().follow(browser().submit(page, form, entries), end);
    }

    /// Sends the page's form with that answer.
    Seen answers(Browser.Page page, String answer, String... more) throws IOException, NotPlayable {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(FIELD, answer);
        for (int i = 0; i < more.length; i += 2) {
            entries.put(more[i], more[i + 1]);
        }
        Reply reply = browser().submit(page, form(page.reply()), entries).reply();
        return signedIn()
                ? new Seen.Yielded("signed in")
                : new Seen.Thwarted("refused: " + reply.status());
    }

    /// Whether the page of an account comes.
    boolean signedIn() throws IOException {
        Reply reply = browser().send(Call.get(flow.path() + "/account"));
        return reply.status() == 200
                && Form.all(reply.body()).stream()
                        .anyMatch(form -> form.fields().containsKey("act"));
    }

    /// Submits a form of the page of the account.
    Reply act(Map<String, String> entries) throws IOException, NotPlayable {
        String account = flow.path() + "/account";
        Map<String, String> all = new LinkedHashMap<>(entries);
        all.put(
                "form",
                Form.with(browser().send(Call.get(account)).body(), "act")
                        .map(form -> form.fields().getOrDefault("form", ""))
                        .orElseThrow(
                                () -> new NotPlayable("the page of the account does not come")));
        return browser().send(Call.form(account, Browser.encoded(all)));
    }

    /// Whether somebody who gave the password is in without anything else.
    Seen inByPassword(Credential.Password who) throws IOException, NotPlayable {
        Browser.Page page = afterPassword(who);
        if (signedIn()) {
            return new Seen.Yielded("signed in by the password alone");
        }
        Optional<Form> asked = Form.with(page.reply().body(), SECOND);
        if (asked.isEmpty()) {
            throw new NotPlayable(
                    "neither an account nor a question came: " + page.reply().excerpt());
        }
        return new Seen.Thwarted("a second factor is asked for");
    }

    /// What an account is added a passkey by, as far as it is shown.
    Reply addingPage() throws IOException {
        return browser().follow(browser().open(flow.path() + "/account/passkey"), end).reply();
    }
}
