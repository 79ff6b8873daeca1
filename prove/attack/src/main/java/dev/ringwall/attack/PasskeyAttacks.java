package dev.ringwall.attack;

import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Attacks on passkeys (WebAuthn Level 3 §7.1, §7.2, §13.4) and on browsers that are remembered. Each account adds a passkey of the prover's own
/// first, and each attack begins with its owner getting in.
final class PasskeyAttacks {

    private static final String ELSEWHERE = "https://elsewhere.example";
    private static final int FAR = 40;

    /// Browsers make no passkeys for an address.
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

    private final Derivation to;
    private final Role role;

    private PasskeyAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role;
    }

    /// @param role one that needs no second factor, so that a password alone is worth trying
    static void derive(Derivation to, Role role) {
        if (role.mfa() == Role.Mfa.NEVER) {
            new PasskeyAttacks(to, role).derive();
        }
    }

    private void derive() {
        add(
                "passkey-replay",
                "somebody sends an answer of a passkey again, in the browser that it was for",
                this::replay);
        add(
                "passkey-of-another-browser",
                "somebody sends an answer of a passkey that was for another browser",
                this::otherBrowser);
        add(
                "passkey-of-another-account",
                "somebody who knows the password shows a passkey of their own",
                this::otherAccount);
        add(
                "passkey-forged",
                "somebody who knows what a passkey is called signs with another key",
                this::forged);
        add(
                "passkey-not-unlocked",
                "somebody who found a passkey touches it and does not unlock it",
                scene -> changed(scene, (passkey, page) -> passkey.touched(page)));
        add(
                "passkey-other-origin",
                "another site passes on what a passkey answered to it",
                scene -> changed(scene, (passkey, page) -> passkey.shownTo(page, ELSEWHERE)));
        add(
                "passkey-copied",
                "somebody uses a copy of a passkey that has been used more often since",
                scene -> changed(scene, (passkey, page) -> passkey.counting(1).shown(page)));
        add(
                "passkey-added-csrf",
                "another site has a passkey of its own added to the account of whoever is signed in",
                this::csrf);
        add(
                "passkey-added-halfway",
                "somebody who knows the password adds a passkey in place of showing one",
                this::halfway);
        add(
                "remembered-browser-of-another",
                "somebody who knows the password brings what another account's browser is remembered by",
                this::remembered);
        add(
                "remembered-after-password-change",
                "somebody who had a browser remembered comes back after the password was changed",
                this::rememberedLonger);
    }

    private void add(String name, String story, Attack.Play play) {
        to.add(
                "auth/" + name,
                Family.FACTORS,
                story,
                role.line(),
                Expectation.stopped(),
                scene ->
                        ADDRESS.matcher(scene.stage().target().issuer().getHost()).matches()
                                ? new Seen.Thwarted("browsers make no passkeys for an address")
                                : play.on(scene));
    }

    /// An account for this attack alone.
    private Credential.Password who(Scene scene) throws NotPlayable {
        return ProviderAttacks.who(scene, role.name(), scene.stage().another());
    }

    /// The owner of a passkey, who has got in with it.
    private static Passkey owned(Scene scene, Credential.Password who)
            throws IOException, NotPlayable {
        return owned(scene, who, PasskeyVisit.passkey(scene).counting(FAR));
    }

    private static Passkey owned(Scene scene, Credential.Password who, Passkey passkey)
            throws IOException, NotPlayable {
        PasskeyVisit.added(scene, who, passkey);
        PasskeyVisit owner = new PasskeyVisit(scene);
        Browser.Page page = owner.loginPage();
        in(owner.answers(page, passkey.shown(page.reply())));
        return passkey;
    }

    private static void in(Seen seen) throws NotPlayable {
        if (!(seen instanceof Seen.Yielded)) {
            throw new NotPlayable("the owner does not get in with the passkey");
        }
    }

    private Seen replay(Scene scene) throws IOException, NotPlayable {
        Passkey passkey = owned(scene, who(scene), PasskeyVisit.passkey(scene));
        PasskeyVisit owner = new PasskeyVisit(scene);
        Browser.Page page = owner.loginPage();
        Map<String, String> before = owner.browser().cookies();
        String answer = passkey.shown(page.reply());
        in(owner.answers(page, answer));
        PasskeyVisit thief = new PasskeyVisit(scene);
        thief.browser().carry(before);
        return thief.answers(page, answer);
    }

    private Seen otherBrowser(Scene scene) throws IOException, NotPlayable {
        Passkey passkey = owned(scene, who(scene));
        String answer = passkey.shown(new PasskeyVisit(scene).loginPage().reply());
        PasskeyVisit thief = new PasskeyVisit(scene);
        return thief.answers(thief.loginPage(), answer);
    }

    private Seen otherAccount(Scene scene) throws IOException, NotPlayable {
        Passkey own = owned(scene, who(scene));
        Credential.Password victim = who(scene);
        owned(scene, victim);
        PasskeyVisit thief = new PasskeyVisit(scene);
        Browser.Page page = thief.afterPassword(victim);
        return thief.answers(page, own.shown(page.reply()));
    }

    private Seen forged(Scene scene) throws IOException, NotPlayable {
        Passkey passkey = owned(scene, who(scene));
        PasskeyVisit thief = new PasskeyVisit(scene);
        Browser.Page page = thief.loginPage();
        return thief.answers(page, passkey.forged().counting(2 * FAR).shown(page.reply()));
    }

    /// What an attacker has a passkey answer.
    @FunctionalInterface
    private interface Answer {
        String of(Passkey passkey, Reply page) throws NotPlayable;
    }

    private Seen changed(Scene scene, Answer answer) throws IOException, NotPlayable {
        Passkey passkey = owned(scene, who(scene));
        PasskeyVisit thief = new PasskeyVisit(scene);
        Browser.Page page = thief.loginPage();
        return thief.answers(page, answer.of(passkey, page.reply()));
    }

    private Seen csrf(Scene scene) throws IOException, NotPlayable {
        AccountVisit victim = AccountVisit.of(scene, who(scene));
        AccountVisit own = AccountVisit.of(scene, who(scene));
        Passkey passkey = PasskeyVisit.passkey(scene);
        Reply page = own.flow().browser().send(Call.get(own.path() + "/passkey"));
        String answer = passkey.made(page);
        Reply done =
                victim.submit(
                        victim.path() + "/passkey",
                        own.secret(),
                        Map.of(PasskeyVisit.FIELD, answer, "name", "prover"));
        PasskeyVisit thief = new PasskeyVisit(scene);
        Browser.Page login = thief.loginPage();
        return thief.answers(login, passkey.shown(login.reply())) instanceof Seen.Yielded
                ? new Seen.Yielded("a passkey of somebody else signs in")
                : new Seen.Thwarted("refused: " + done.status());
    }

    private Seen halfway(Scene scene) throws IOException, NotPlayable {
        Credential.Password victim = who(scene);
        owned(scene, victim);
        PasskeyVisit thief = new PasskeyVisit(scene);
        thief.afterPassword(victim);
        Reply page = thief.addingPage();
        return page.body().contains("pubKeyCredParams")
                ? new Seen.Yielded("a passkey may be added")
                : new Seen.Thwarted("none may be added: " + page.status());
    }

    /// A browser that is remembered, which has been seen to be.
    private PasskeyVisit remembering(Scene scene, Credential.Password who)
            throws IOException, NotPlayable {
        Passkey passkey = owned(scene, who);
        PasskeyVisit visit = new PasskeyVisit(scene);
        Browser.Page page = visit.afterPassword(who);
        in(visit.answers(page, passkey.shown(page.reply()), "remember", "yes"));
        PasskeyVisit again = back(scene, visit);
        in(again.inByPassword(who));
        return visit;
    }

    /// The same browser with no login in it.
    private static PasskeyVisit back(Scene scene, PasskeyVisit before) throws NotPlayable {
        Map<String, String> kept = new LinkedHashMap<>(before.browser().cookies());
        kept.keySet().removeIf(name -> !name.contains("remember"));
        PasskeyVisit again = new PasskeyVisit(scene);
        again.browser().carry(kept);
        return again;
    }

    private Seen remembered(Scene scene) throws IOException, NotPlayable {
        PasskeyVisit own = remembering(scene, who(scene));
        Credential.Password victim = who(scene);
        owned(scene, victim);
        return back(scene, own).inByPassword(victim);
    }

    private Seen rememberedLonger(Scene scene) throws IOException, NotPlayable {
        Credential.Password who = who(scene);
        PasskeyVisit thief = remembering(scene, who);
        String next = scene.keep(who.password() + ", and some more words");
        Reply done =
                thief.act(
                        Map.of(
                                "act",
                                "password",
                                "current",
                                who.password(),
                                "next",
                                next,
                                "again",
                                next));
        if (done.status() != 200) {
            throw new NotPlayable("the password cannot be changed: " + done.excerpt());
        }
        return back(scene, thief).inByPassword(new Credential.Password(who.user(), next));
    }
}
