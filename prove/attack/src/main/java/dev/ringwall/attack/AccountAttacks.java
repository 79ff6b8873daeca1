package dev.ringwall.attack;

import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Attacks on what people do with their own account, and on logins that should be over (OWASP ASVS 5.0 V7, NIST SP 800-63B-4 §3.1.1 and §5).
final class AccountAttacks {

    private static final String NEXT = "seven quiet lanterns in a harbour";

    private final Derivation to;
    private final Role role;

    private AccountAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role;
    }

    static void derive(Derivation to, Role role) {
        AccountAttacks attacks = new AccountAttacks(to, role);
        attacks.add(
                "login-of-another-ended",
                "somebody ends a login of another account, whose number they know",
                attacks::foreignLogin);
        attacks.add(
                "logins-of-another-shown",
                "somebody looks for the logins of another account",
                attacks::foreignLogins);
        attacks.add(
                "password-changed-without-old",
                "somebody at a browser that was left open sets a new password",
                attacks::withoutOld);
        attacks.add(
                "password-change-guessing",
                "somebody at a browser that was left open guesses the password "
                        + LoginAttacks.GUESSES_MAX
                        + " times",
                attacks::guessing);
        attacks.add(
                "login-after-password-change",
                "a thief goes on with a login whose owner has set another password",
                attacks::afterChange);
        attacks.add(
                "refresh-after-password-change",
                "a thief goes on with a refresh token whose owner has set another password",
                attacks::refreshAfterChange);
        attacks.add(
                "login-after-sign-out",
                "a thief goes on with a login whose owner has signed out",
                attacks::afterLogout);
        attacks.password("password-common", "that everybody tries first", "password1234567890");
        attacks.password("password-short", "of fourteen characters", "kq8#Zr!m2Vx_7p");
        attacks.add(
                "cookies-exposed",
                "a script, a plain connection or another host gets at a cookie of the login",
                attacks::cookies);
        attacks.add(
                "account-page-exposed",
                "another site frames the page of the account, or a cache keeps it",
                attacks::page);
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.ACCOUNTS, story, role.line(), Expectation.stopped(), play);
    }

    private Credential.Password who(Scene scene) throws NotPlayable {
        return ProviderAttacks.who(scene, role.name(), scene.stage().another());
    }

    private Seen foreignLogin(Scene scene) throws IOException, NotPlayable {
        Credential.Password owner = who(scene);
        AccountVisit here = AccountVisit.of(scene, owner);
        AccountVisit there = AccountVisit.of(scene, owner);
        List<String> others = here.others();
        if (others.isEmpty()) {
            throw new NotPlayable("the page of the account shows no other login");
        }
        AccountVisit stranger = AccountVisit.of(scene, who(scene));
        for (String login : others) {
            stranger.act(Map.of("act", "end-login", "which", login));
        }
        return there.signedIn()
                ? new Seen.Thwarted("it goes on")
                : new Seen.Yielded("the login of somebody else is over");
    }

    private Seen foreignLogins(Scene scene) throws IOException, NotPlayable {
        Credential.Password owner = who(scene);
        AccountVisit here = AccountVisit.of(scene, owner);
        AccountVisit.of(scene, owner);
        List<String> logins = here.others();
        if (logins.isEmpty()) {
            throw new NotPlayable("the page of the account shows no other login");
        }
        AccountVisit stranger = AccountVisit.of(scene, who(scene));
        String seen = stranger.look().body();
        return logins.stream().anyMatch(seen::contains) || seen.contains(owner.user())
                ? new Seen.Yielded("a login of somebody else is shown")
                : new Seen.Thwarted("none is shown");
    }

    private static Map<String, String> change(String current, String next) {
        return Map.of("act", "password", "current", current, "next", next, "again", next);
    }

    private Seen withoutOld(Scene scene) throws IOException, NotPlayable {
        AccountVisit left = AccountVisit.of(scene, who(scene));
        for (String guess : List.of("", "not the password at all")) {
            Reply reply = left.act(change(guess, NEXT));
            if (reply.status() == 200) {
                return new Seen.Yielded("the password was set");
            }
        }
        return new Seen.Thwarted("it was not set");
    }

    private Seen guessing(Scene scene) throws IOException, NotPlayable {
        AccountVisit left = AccountVisit.of(scene, who(scene));
        String secret = left.secret();
        for (int guess = 1; guess <= LoginAttacks.GUESSES_MAX; guess++) {
            Reply reply = left.impatient(scene, "/account", secret, change("guess " + guess, NEXT));
            if (reply.status() == 429) {
                return new Seen.Thwarted("slowed down after " + guess + " guesses");
            }
        }
        return new Seen.Yielded(LoginAttacks.GUESSES_MAX + " guesses were answered");
    }

    /// The owner sets another password; the thief took the login elsewhere before.
    private AccountVisit changed(Scene scene) throws IOException, NotPlayable {
        Credential.Password owner = who(scene);
        AccountVisit stolen = AccountVisit.of(scene, owner);
        AccountVisit here = AccountVisit.of(scene, owner);
        Reply reply = here.act(change(owner.password(), NEXT));
        if (reply.status() != 200) {
            throw new NotPlayable("the password cannot be changed: " + reply.status());
        }
        return stolen;
    }

    private Seen afterChange(Scene scene) throws IOException, NotPlayable {
        return over(changed(scene));
    }

    private Seen refreshAfterChange(Scene scene) throws IOException, NotPlayable {
        AccountVisit stolen = changed(scene);
        String refresh =
                stolen.tokens()
                        .refresh()
                        .orElseThrow(() -> new NotPlayable("no refresh token was given"));
        return switch (stolen.flow().refresh(refresh)) {
            case LoginFlow.Outcome.Tokens _ -> new Seen.Yielded("tokens were given");
            case LoginFlow.Outcome.Denied(String why) -> new Seen.Thwarted("refused: " + why);
        };
    }

    private Seen afterLogout(Scene scene) throws IOException, NotPlayable {
        AccountVisit owner = AccountVisit.of(scene, who(scene));
        String secret = owner.secret();
        Map<String, String> stolen = owner.flow().browser().cookies();
        owner.submit(owner.flow().path() + "/logout", secret, Map.of());
        owner.flow().browser().carry(stolen);
        return over(owner);
    }

    private static Seen over(AccountVisit stolen) throws IOException {
        return stolen.signedIn()
                ? new Seen.Yielded("the login goes on")
                : new Seen.Thwarted("the login is over");
    }

    private void password(String name, String kind, String next) {
        add(
                name,
                "somebody sets a password " + kind,
                scene -> {
                    Credential.Password owner = who(scene);
                    Reply reply = AccountVisit.of(scene, owner).act(change(owner.password(), next));
                    return reply.status() == 200
                            ? new Seen.Yielded("it was set")
                            : new Seen.Thwarted("refused: " + reply.status());
                });
    }

    private Seen cookies(Scene scene) throws IOException, NotPlayable {
        Credential.Password owner = scene.stage().twofold(role.name(), scene.stage().another());
        List<String> cookies = AccountVisit.of(scene, owner).flow().browser().handed();
        if (cookies.isEmpty()) {
            throw new NotPlayable("signing in gave no cookie");
        }
        for (String cookie : cookies) {
            String said = cookie.toLowerCase(Locale.ROOT).replace(" ", "");
            String name = cookie.split("=", 2)[0];
            if (!name.startsWith("__Host-")) {
                return new Seen.Yielded(name + " can be set by another host");
            }
            for (String flag : List.of(";secure", ";httponly", ";samesite=", ";path=/;")) {
                if (!(said + ";").contains(flag)) {
                    return new Seen.Yielded(name + " lacks " + flag.replace(";", ""));
                }
            }
        }
        return new Seen.Thwarted(cookies.size() + " cookies, each kept close");
    }

    private Seen page(Scene scene) throws IOException, NotPlayable {
        Reply reply = AccountVisit.of(scene, who(scene)).look();
        String policy = String.join(" ", reply.headers("content-security-policy"));
        if (!policy.contains("frame-ancestors 'none'")
                && !policy.contains("frame-ancestors 'self'")) {
            return new Seen.Yielded("any site may show it in a frame");
        }
        return reply.header("cache-control").orElse("").contains("no-store")
                ? new Seen.Thwarted("no frame, no cache")
                : new Seen.Yielded("a cache may keep it");
    }
}
