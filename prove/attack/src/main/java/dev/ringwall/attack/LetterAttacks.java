package dev.ringwall.attack;

import dev.ringwall.model.Registration;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Attacks on what is done by letters: forgotten passwords, registration, addresses (OWASP ASVS 5.0 V6.4, CWE-93, CWE-204). None of them needs to
/// read a letter, and none is written to a person: the addresses are of `.example`.
final class LetterAttacks {

    /// Letters that are asked for before the provider is said not to stop it.
    static final int LETTERS_MAX = 30;

    private static final String ADDRESS = "somebody@elsewhere.example";
    private static final String PASSWORD = "seven quiet lanterns in a harbour";
    private static final String WHO = "who";

    private final Derivation to;
    private final Role role;

    private LetterAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role;
    }

    static void derive(Derivation to, Role role) {
        if (to.blueprint().declaration().mail().isEmpty()) {
            return;
        }
        LetterAttacks attacks = new LetterAttacks(to, role);
        attacks.add(
                "reset-tells-accounts",
                "somebody finds out which accounts exist, by asking for a new password",
                attacks::enumeration);
        attacks.add(
                "reset-flood",
                "somebody has " + LETTERS_MAX + " letters about a new password sent to one account",
                scene -> attacks.flood(scene, "/forgotten", attacks.known(scene)));
        attacks.add(
                "reset-without-letter",
                "somebody sets a new password for an account with a made-up code",
                attacks::reset);
        attacks.add(
                "address-header-injection",
                "somebody adds recipients to a letter by an address of two lines",
                attacks::ownHeaders);
        registration(attacks, to.blueprint().declaration().registration());
    }

    private static void registration(LetterAttacks attacks, Registration registration) {
        if (registration.mode() != Registration.Mode.OPEN) {
            attacks.add(
                    "registration-closed",
                    "somebody makes an account where registration is not open",
                    LetterAttacks::closed);
            return;
        }
        attacks.add(
                "registration-header-injection",
                "somebody adds recipients to a letter while they make an account",
                scene -> {
                    LoginFlow flow = ProviderAttacks.flow(scene);
                    return taken(asked(flow, "/register", twoLines()));
                });
        attacks.add(
                "registration-flood",
                "somebody has " + LETTERS_MAX + " letters sent to one address",
                scene -> attacks.flood(scene, "/register", ADDRESS));
        attacks.add(
                "registration-without-letter",
                "somebody makes an account for an address whose letters they do not read",
                LetterAttacks::unread);
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.LETTERS, story, role.line(), Expectation.stopped(), play);
    }

    private String known(Scene scene) throws NotPlayable {
        return ProviderAttacks.who(scene, role.name(), scene.stage().another()).user();
    }

    private static String twoLines() {
        return ADDRESS + "\r\nBcc: others@elsewhere.example";
    }

    /// Asks for a letter on that page.
    static Browser.Page asked(LoginFlow flow, String page, String who)
            throws IOException, NotPlayable {
        return submitted(flow, page, Map.of(WHO, who));
    }

    static Browser.Page submitted(LoginFlow flow, String page, Map<String, String> entries)
            throws IOException, NotPlayable {
        Browser.Page shown = flow.browser().open(flow.path() + page);
        Form form =
                Form.all(shown.reply().body()).stream()
                        .findFirst()
                        .orElseThrow(() ->
                                new NotPlayable(
                                        page + " shows no form: " + shown.reply().excerpt()));
        return flow.browser().submit(shown, form, entries);
    }

    private static Seen taken(Browser.Page after) {
        return after.sentTo().isPresent()
                ? new Seen.Yielded("the letter is on its way")
                : new Seen.Thwarted("refused: " + after.reply().status());
    }

    private Seen ownHeaders(Scene scene) throws IOException, NotPlayable {
        AccountVisit visit =
                AccountVisit.of(
                        scene, ProviderAttacks.who(scene, role.name(), scene.stage().another()));
        return taken(asked(visit.flow(), "/account/mail", twoLines()));
    }

    private Seen flood(Scene scene, String page, String who) throws IOException, NotPlayable {
        LoginFlow flow = LoginFlow.with(scene.stage().target(), scene.door(), scene::exchange);
        for (int letter = 1; letter <= LETTERS_MAX; letter++) {
            if (asked(flow, page, who).reply().status() == 429) {
                return new Seen.Thwarted("stopped after " + letter + " letters");
            }
        }
        return new Seen.Yielded(LETTERS_MAX + " letters are on their way");
    }

    private Seen enumeration(Scene scene) throws IOException, NotPlayable {
        String user = known(scene);
        String known = told(scene, user);
        String unknown = told(scene, "x".repeat(user.length()));
        return known.equals(unknown)
                ? new Seen.Thwarted("both get the same answers")
                : new Seen.Yielded("the answers differ: " + known + " / " + unknown);
    }

    /// All that comes back, on the way to a wrong code: statuses, where it leads, names of headers, and pages without their secrets.
    private static String told(Scene scene, String who) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Browser.Page asked = asked(flow, "/forgotten", who);
        Browser.Page next = flow.browser().follow(asked, "");
        StringBuilder told = new StringBuilder(said(asked)).append(" → ").append(said(next));
        Optional<Form> form =
                Form.all(next.reply().body()).stream()
                        .filter(one -> one.fields().containsKey("code"))
                        .findFirst();
        if (form.isPresent()) {
            Browser.Page coded =
                    flow.browser()
                            .submit(
                                    next,
                                    form.get(),
                                    Map.of("code", "AAAA-AAAA-AAAA-AAAA", "next", PASSWORD));
            told.append(" → ").append(said(coded));
        }
        return told.toString();
    }

    private static String said(Browser.Page page) {
        Reply reply = page.reply();
        String body = reply.body().replaceAll("value=\"[^\"]*\"", "");
        return String.format(
                Locale.ROOT,
                "%d %s %08x",
                reply.status(),
                page.sentTo().orElse(""),
                (new TreeSet<>(reply.headers().keySet()) + body).hashCode());
    }

    private Seen reset(Scene scene) throws IOException, NotPlayable {
        String user = known(scene);
        LoginFlow flow = ProviderAttacks.flow(scene);
        asked(flow, "/forgotten", user);
        submitted(
                flow, "/forgotten?step=code", Map.of("code", "AAAAAAAAAAAAAAAA", "next", PASSWORD));
        return in(scene, new Credential.Password(user, PASSWORD));
    }

    private static Seen unread(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        String name =
                "uninvited-" + Pkce.fresh().verifier().substring(0, 8).toLowerCase(Locale.ROOT);
        asked(flow, "/register", name + "@elsewhere.example");
        for (String code : List.of("", "AAAAAAAAAAAAAAAA")) {
            submitted(
                    flow,
                    "/register?step=code",
                    Map.of("code", code, "name", name, "next", PASSWORD));
        }
        return in(scene, new Credential.Password(name, PASSWORD));
    }

    private static Seen closed(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Browser.Page page = flow.browser().open(flow.path() + "/register");
        Optional<Form> form = Form.all(page.reply().body()).stream().findFirst();
        return form.isPresent()
                ? taken(flow.browser().submit(page, form.get(), Map.of(WHO, ADDRESS)))
                : new Seen.Thwarted("nothing is there: " + page.reply().status());
    }

    static Seen in(Scene scene, Credential.Password who) throws IOException, NotPlayable {
        return switch (ProviderAttacks.flow(scene).signIn(who, "openid")) {
            case LoginFlow.Outcome.Tokens _ -> new Seen.Yielded("signed in with that password");
            case LoginFlow.Outcome.Denied(String why) -> new Seen.Thwarted("refused: " + why);
        };
    }
}
