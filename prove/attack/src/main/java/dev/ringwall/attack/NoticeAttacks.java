package dev.ringwall.attack;

import dev.ringwall.model.Registration;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What proves who somebody is becomes something else, and they are not told: whoever sits at their open login makes it their own in silence
/// (NIST SP 800-63B-4 §4.6, OWASP ASVS 5.0 V6.3.7). Letters are read where the prover plays the mail server.
final class NoticeAttacks {

    private static final String NEXT = "thirty quiet boats in a harbour";

    private final Derivation to;
    private final Role role;

    private NoticeAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role;
    }

    /// One change, made by whoever sits at the login.
    @FunctionalInterface
    private interface Change {
        void make(Scene scene, AccountVisit visit, Credential.Password who)
                throws IOException, NotPlayable;
    }

    /// Where people make accounts for themselves: only these have an address that the prover reads.
    static void derive(Derivation to, Role role) {
        if (to.blueprint().declaration().mail().isPresent()
                && to.blueprint().declaration().registration().mode() == Registration.Mode.OPEN) {
            new NoticeAttacks(to, role).derive();
        }
    }

    private void derive() {
        add("password", "the password is changed", "password was changed", NoticeAttacks::password);
        add("app-added", "an authenticator app is added", "app was added", NoticeAttacks::app);
        add(
                "app-removed",
                "the authenticator app is removed",
                "app was removed",
                (scene, visit, who) -> {
                    app(scene, visit, who);
                    act(visit, Map.of("act", "remove-app"));
                });
        add(
                "recovery-codes",
                "other recovery codes are made",
                "recovery codes were made",
                (scene, visit, who) -> {
                    app(scene, visit, who);
                    act(visit, Map.of("act", "new-codes"));
                });
        add(
                "passkey-added",
                "a passkey is added",
                "passkey was added",
                (scene, visit, who) -> PasskeyVisit.added(scene, who, PasskeyVisit.passkey(scene)));
    }

    /// @param subject what the letter about it is headed with
    private void add(String name, String what, String subject, Change change) {
        Pattern heading =
                Pattern.compile("(?im)^subject: [^\\r\\n]*" + Pattern.quote(subject) + ".*$");
        to.add(
                "auth/change-untold-" + name,
                Family.LETTERS,
                what + " by whoever sits at an open login, and nobody tells the owner",
                role.line(),
                Expectation.stopped(),
                scene -> {
                    Credential.Password who = LetterCodeAttacks.reader(scene);
                    change.make(scene, AccountVisit.of(scene, who), who);
                    return told(scene, LetterCodeAttacks.address(who.user()), heading);
                });
    }

    /// Letters that are about something else, such as the login, are passed over.
    private static Seen told(Scene scene, String address, Pattern heading) {
        Letters letters = scene.stage().target().letters();
        Optional<String> letter = letters.next(address, LetterCodeAttacks.LETTER_WITHIN);
        while (letter.isPresent()) {
            if (heading.matcher(letter.get()).find()) {
                return new Seen.Thwarted("the owner was told");
            }
            letter = letters.next(address, LetterCodeAttacks.LETTER_WITHIN);
        }
        return new Seen.Yielded(
                String.format(
                        Locale.ROOT,
                        "nobody wrote to the owner within %d s",
                        LetterCodeAttacks.LETTER_WITHIN.toSeconds()));
    }

    private static void act(AccountVisit visit, Map<String, String> entries)
            throws IOException, NotPlayable {
        Reply reply = visit.act(entries);
        if (reply.status() != 200 && !reply.redirects()) {
            throw new NotPlayable("it cannot be changed: " + reply.excerpt());
        }
    }

    private static void password(Scene scene, AccountVisit visit, Credential.Password who)
            throws IOException, NotPlayable {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("act", "password");
        entries.put("current", who.password());
        entries.put("next", scene.keep(NEXT));
        entries.put("again", NEXT);
        act(visit, entries);
    }

    private static void app(Scene scene, AccountVisit visit, Credential.Password who)
            throws IOException, NotPlayable {
        Browser browser = visit.flow().browser();
        Browser.Page page = browser.open(visit.path() + "/app");
        Authenticator app = new Authenticator(scene.stage().clock());
        app.add(
                SecondPages.key(page)
                        .orElseThrow(() ->
                                new NotPlayable(
                                        "no app can be added for "
                                                + who.user()
                                                + ": "
                                                + page.reply().excerpt())));
        Form form =
                SecondPages.form(page)
                        .orElseThrow(() -> new NotPlayable("no code of the app is asked for"));
        Reply done = browser.submit(page, form, Map.of(SecondPages.FIELD, app.code())).reply();
        if (done.status() != 200 && !done.redirects()) {
            throw new NotPlayable("no app can be added: " + done.excerpt());
        }
    }
}
