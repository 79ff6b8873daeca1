package dev.ringwall.attack;

import dev.ringwall.model.Registration;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Codes out of letters, in the hands of somebody else: of another browser, used twice, and found by guessing (NIST SP 800-63B-4 §3.1.3.1, OWASP ASVS
/// 5.0 V6.4, V6.6). They are read where the prover plays the mail server.
final class LetterCodeAttacks {

    private static final int GUESSES = 30;
    static final Duration LETTER_WITHIN = Duration.ofSeconds(30);
    private static final Pattern CODE = Pattern.compile("\\b[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}\\b");
    private static final String FIRST = "seven quiet lanterns in a harbour";
    private static final String NEXT = "thirty quiet boats in a harbour";
    private static final String AFTER = "nine other lanterns on the pier";

    private final Derivation to;
    private final Role role;

    private LetterCodeAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role;
    }

    /// Where people make accounts for themselves: only these have an address that the prover reads.
    static void derive(Derivation to, Role role) {
        if (to.blueprint().declaration().mail().isPresent()
                && to.blueprint().declaration().registration().mode() == Registration.Mode.OPEN) {
            LetterCodeAttacks attacks = new LetterCodeAttacks(to, role);
            attacks.registration();
            attacks.reset();
        }
    }

    private void registration() {
        add(
                "registration-code-of-another-browser",
                "somebody makes an account with the code of a letter that another browser asked for",
                scene -> {
                    Asked asked = registering(scene);
                    String name = fresh();
                    return in(scene, name, made(registering(scene).flow(), asked.code(), name));
                });
        add(
                "registration-code-replay",
                "somebody makes a second account with the code of one letter",
                scene -> {
                    Asked asked = registering(scene);
                    registered(scene, asked);
                    String name = fresh();
                    return in(scene, name, made(asked.flow(), asked.code(), name));
                });
        add(
                "registration-code-guessing",
                "somebody guesses the code of a letter " + GUESSES + " times, and then knows it",
                scene -> {
                    Asked asked = registering(scene);
                    String name = fresh();
                    for (int guess = 0; guess < GUESSES; guess++) {
                        made(asked.flow(), wrong(guess), name);
                    }
                    return in(scene, name, made(asked.flow(), asked.code(), name));
                });
    }

    private void reset() {
        add(
                "reset-code-of-another-browser",
                "somebody sets a password with the code of a letter that another browser asked for",
                scene -> {
                    String name = owner(scene);
                    Asked asked = forgotten(scene, name);
                    LoginFlow other = ProviderAttacks.flow(scene);
                    LetterAttacks.asked(other, "/forgotten", fresh());
                    return in(scene, name, set(other, asked.code(), NEXT));
                });
        add(
                "reset-code-replay",
                "somebody sets another password with the code of a letter that was used",
                scene -> {
                    String name = owner(scene);
                    Asked asked = forgotten(scene, name);
                    if (!(in(scene, name, set(asked.flow(), asked.code(), NEXT))
                            instanceof Seen.Yielded)) {
                        throw new NotPlayable("the code of the letter sets no password");
                    }
                    return in(scene, name, set(asked.flow(), asked.code(), AFTER));
                });
        add(
                "reset-code-guessing",
                "somebody guesses the code for a new password "
                        + GUESSES
                        + " times, and then knows it",
                scene -> {
                    String name = owner(scene);
                    Asked asked = forgotten(scene, name);
                    for (int guess = 0; guess < GUESSES; guess++) {
                        set(asked.flow(), wrong(guess), NEXT);
                    }
                    return in(scene, name, set(asked.flow(), asked.code(), NEXT));
                });
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.LETTERS, story, role.line(), Expectation.stopped(), play);
    }

    /// A browser that waits for the code, and the code.
    private record Asked(LoginFlow flow, String address, String code) {
        @Override
        public String toString() {
            return "Asked[…]";
        }
    }

    private static String fresh() {
        String chance = Pkce.fresh().verifier().replaceAll("[^A-Za-z0-9]", "");
        return "reader-" + chance.substring(0, 12).toLowerCase(Locale.ROOT);
    }

    private static String wrong(int guess) {
        String letters = String.valueOf((char) ('A' + guess % 26)).repeat(4);
        return letters + "-BBBB-CCCC-" + "DDD" + (char) ('A' + guess / 26);
    }

    private static Asked registering(Scene scene) throws IOException, NotPlayable {
        String address = address(fresh());
        return asked(scene, "/register", address, address);
    }

    private static Asked forgotten(Scene scene, String name) throws IOException, NotPlayable {
        return asked(scene, "/forgotten", name, address(name));
    }

    /// Where letters to that owner go.
    static String address(String owner) {
        return owner + "@elsewhere.example";
    }

    private static Asked asked(Scene scene, String page, String who, String address)
            throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Browser.Page after = LetterAttacks.asked(flow, page, who);
        if (after.sentTo().isEmpty()) {
            throw new NotPlayable("no letter can be asked for: " + after.reply().status());
        }
        return new Asked(flow, address, scene.keep(code(scene, address)));
    }

    /// The code in the next letter that has one; others tell of logins and new passwords.
    private static String code(Scene scene, String address) throws NotPlayable {
        Letters letters = scene.stage().target().letters();
        Optional<String> letter = letters.next(address, LETTER_WITHIN);
        while (letter.isPresent()) {
            Matcher code = CODE.matcher(letter.get());
            if (code.find()) {
                return code.group();
            }
            letter = letters.next(address, LETTER_WITHIN);
        }
        throw new NotPlayable(
                "no letter can be read; where `mail` names a server on this machine, --letters FILE plays it");
    }

    /// Tries to make an account of that name; returns the password that it would have.
    private static String made(LoginFlow flow, String code, String name)
            throws IOException, NotPlayable {
        LetterAttacks.submitted(
                flow, "/register?step=code", Map.of("code", code, "name", name, "next", FIRST));
        return FIRST;
    }

    private static void registered(Scene scene, Asked asked) throws IOException, NotPlayable {
        String name = asked.address().substring(0, asked.address().indexOf('@'));
        if (!(in(scene, name, made(asked.flow(), asked.code(), name)) instanceof Seen.Yielded)) {
            throw new NotPlayable("the code of the letter makes no account");
        }
    }

    /// Somebody with an account whose letters are read, and the password of it.
    static Credential.Password reader(Scene scene) throws IOException, NotPlayable {
        return new Credential.Password(owner(scene), scene.keep(FIRST));
    }

    private static String owner(Scene scene) throws IOException, NotPlayable {
        Asked asked = registering(scene);
        registered(scene, asked);
        return asked.address().substring(0, asked.address().indexOf('@'));
    }

    /// Tries to set that password; returns it.
    private static String set(LoginFlow flow, String code, String password)
            throws IOException, NotPlayable {
        LetterAttacks.submitted(
                flow, "/forgotten?step=code", Map.of("code", code, "next", password));
        return password;
    }

    private static Seen in(Scene scene, String name, String password)
            throws IOException, NotPlayable {
        return LetterAttacks.in(scene, new Credential.Password(name, scene.keep(password)));
    }
}
