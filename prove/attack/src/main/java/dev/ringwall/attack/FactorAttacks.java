package dev.ringwall.attack;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Attacks on second factors by somebody who knows the password (RFC 6238 §5, NIST SP 800-63B-4 §3.1, OpenID Connect Core §3.1.2.1 `acr_values`).
/// Each account adds an authenticator app of the prover's own first, as people do.
final class FactorAttacks {

    /// Codes that are guessed before the provider is said not to slow it down.
    static final int GUESSES_MAX = 30;

    private final Derivation to;
    private final Role role;

    private FactorAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role;
    }

    /// @param lightest the role that shows the least
    static void derive(Derivation to, Role lightest) {
        Role strictest =
                to.roles().stream()
                        .filter(role -> role.mfa() == Role.Mfa.ALWAYS)
                        .findFirst()
                        .orElse(lightest);
        new FactorAttacks(to, strictest).derive();
        if (strictest.mfa() == Role.Mfa.ALWAYS) {
            new FactorAttacks(to, strictest).removal();
        }
        if (lightest.mfa() == Role.Mfa.NEVER) {
            new FactorAttacks(to, lightest).stepUp();
        }
    }

    private void derive() {
        add(
                "second-factor-left-out",
                "somebody who knows the password goes on without a code",
                this::leftOut);
        add(
                "factor-code-replay",
                "somebody who knows the password saw a code being typed, and uses it again",
                this::replay);
        add(
                "factor-code-guessing",
                "somebody who knows the password guesses " + GUESSES_MAX + " codes",
                this::guessing);
        add(
                "factor-of-another-account",
                "somebody who knows the password shows a code of their own app",
                this::another);
        add(
                "recovery-code-replay",
                "somebody who knows the password found a recovery code that was used",
                this::recovery);
        add(
                "factor-added-halfway",
                "somebody who knows the password adds an app of their own in place of a code",
                this::halfwayApp);
    }

    private void stepUp() {
        add(
                "step-up-skipped",
                "somebody goes back to a question that wants a second factor, with the password alone",
                this::skipped);
    }

    private void removal() {
        add(
                "factor-removed-where-needed",
                "somebody who must have a second factor goes back to the password alone",
                scene -> {
                    AccountVisit visit = AccountVisit.of(scene, who(scene));
                    return visit.act(Map.of("act", "remove-app")).status() == 200
                            ? new Seen.Yielded("the app was removed")
                            : new Seen.Thwarted("it was not removed");
                });
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.FACTORS, story, role.line(), Expectation.stopped(), play);
    }

    /// An account for this attack alone.
    private Credential.Password who(Scene scene) throws NotPlayable {
        Credential.Password who = scene.stage().twofold(role.name(), scene.stage().another());
        scene.keep(who.password());
        return who;
    }

    private static Map<String, String> question(LoginFlow flow) {
        return flow.question("openid", Pkce.fresh());
    }

    /// Gives name and password, and comes to the page that asks for a code.
    private static Browser.Page halfway(LoginFlow flow, Credential.Password who)
            throws IOException, NotPlayable {
        Browser.Page page = flow.enter(who, question(flow));
        if (in(flow, page).isEmpty() && SecondPages.form(page).isEmpty()) {
            throw new NotPlayable("neither a code nor an error came: " + page.reply().excerpt());
        }
        return page;
    }

    /// How somebody got in; empty when they did not.
    private static Optional<Seen> in(LoginFlow flow, Browser.Page page) {
        return page.sentTo()
                .filter(at -> Browser.arrived(at, flow.client().redirect().toString()))
                .filter(at -> at.contains("code="))
                .map(_ -> new Seen.Yielded("signed in"));
    }

    /// Types a code on that page.
    private static Seen typed(LoginFlow flow, Browser.Page page, String code) throws IOException {
        Optional<Form> form = SecondPages.form(page);
        if (form.isEmpty()) {
            return in(flow, page).orElse(new Seen.Thwarted("no code is asked for"));
        }
        Browser.Page after =
                SecondPages.submit(
                        flow.browser(),
                        page,
                        form.get(),
                        code,
                        flow.client().redirect().toString());
        return in(flow, after).orElse(new Seen.Thwarted("refused: " + after.reply().status()));
    }

    private Seen leftOut(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Browser.Page page = halfway(flow, who(scene));
        Optional<Seen> at = in(flow, page);
        return at.isPresent() ? at.get() : seen(flow.ask(question(flow)));
    }

    private Seen replay(Scene scene) throws IOException, NotPlayable {
        Credential.Password who = who(scene);
        return again(scene, who, who.second().code());
    }

    private Seen recovery(Scene scene) throws IOException, NotPlayable {
        Credential.Password who = who(scene);
        if (!(who.second() instanceof Authenticator app)) {
            throw new NotPlayable("no recovery code is at hand");
        }
        return again(scene, who, app.recoveryCode());
    }

    /// The owner signs in with the code, and then somebody else.
    private static Seen again(Scene scene, Credential.Password who, String code)
            throws IOException, NotPlayable {
        LoginFlow owner = ProviderAttacks.flow(scene);
        if (!(typed(owner, halfway(owner, who), code) instanceof Seen.Yielded)) {
            throw new NotPlayable("the owner does not get in with the code");
        }
        LoginFlow thief = ProviderAttacks.flow(scene);
        return typed(thief, halfway(thief, who), code);
    }

    private Seen guessing(Scene scene) throws IOException, NotPlayable {
        Credential.Password who = who(scene);
        LoginFlow flow = LoginFlow.with(scene.stage().target(), scene.door(), scene::exchange);
        Browser.Page page = halfway(flow, who);
        for (int guess = 1; guess <= GUESSES_MAX; guess++) {
            Optional<Form> form = SecondPages.form(page);
            if (form.isEmpty()) {
                page = halfway(flow, who);
                form = SecondPages.form(page);
            }
            if (form.isEmpty()) {
                return new Seen.Yielded("no code is asked for");
            }
            page =
                    SecondPages.submit(
                            flow.browser(),
                            page,
                            form.get(),
                            String.format(Locale.ROOT, "%06d", guess),
                            flow.client().redirect().toString());
            if (page.reply().status() == 429) {
                return new Seen.Thwarted("slowed down after " + guess + " guesses");
            }
        }
        return new Seen.Yielded(GUESSES_MAX + " guesses were looked at");
    }

    private Seen another(Scene scene) throws IOException, NotPlayable {
        String own = who(scene).second().code();
        LoginFlow flow = ProviderAttacks.flow(scene);
        return typed(flow, halfway(flow, who(scene)), own);
    }

    private Seen halfwayApp(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Browser.Page page = halfway(flow, who(scene));
        if (SecondPages.key(page).isPresent()) {
            return new Seen.Yielded("the key of another app is shown in place of the question");
        }
        Browser.Page app =
                flow.browser()
                        .follow(
                                flow.browser().open(flow.path() + "/account/app"),
                                flow.client().redirect().toString());
        return SecondPages.key(app).isPresent()
                ? new Seen.Yielded("the key of another app is shown on the account page")
                : new Seen.Thwarted("no key is shown: " + app.reply().status());
    }

    private Seen skipped(Scene scene) throws IOException, NotPlayable {
        Credential.Password who = ProviderAttacks.who(scene, role.name(), scene.stage().another());
        LoginFlow flow = ProviderAttacks.flow(scene);
        if (!(flow.authorize(who, question(flow)) instanceof Authorization.Code)) {
            throw new NotPlayable("signing in as " + role.name() + " gave no code");
        }
        Map<String, String> question = question(flow);
        question.put("acr_values", LoginFlow.ACR_TWICE);
        Browser.Page page = flow.enter(who, question);
        return in(flow, page).isPresent()
                ? new Seen.Yielded("a code was given for the password")
                : seen(flow.ask(question));
    }

    private static Seen seen(Authorization answer) {
        return switch (answer) {
            case Authorization.Code _ -> new Seen.Yielded("a code was given");
            case Authorization.Turned(String why, _) -> new Seen.Thwarted("refused: " + why);
        };
    }
}
