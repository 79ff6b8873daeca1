package dev.ringwall.attack;

import dev.ringwall.model.Line;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Attacks on the login page, its cookies and what the provider publishes.
final class LoginAttacks {

    /// Wrong passwords that are tried before the provider is said not to slow them down.
    static final int GUESSES_MAX = 30;

    private static final String ELSEWHERE = "https://elsewhere.example/";
    private static final Pattern FRAMES =
            Pattern.compile("frame-ancestors\\s+('none'|'self')", Pattern.CASE_INSENSITIVE);

    private final Derivation to;
    private final String role;
    private final Line line;

    private LoginAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role.name();
        this.line = role.line();
    }

    static void derive(Derivation to, Role role) {
        LoginAttacks attacks = new LoginAttacks(to, role);
        attacks.add(
                "login-without-csrf-token",
                "another site submits the login form",
                attacks::withoutCsrf);
        attacks.add(
                "login-keeps-session",
                "somebody signs in over a session that another prepared",
                attacks::fixation);
        attacks.add(
                "login-cookie-exposed",
                "a script or a plain connection reads the login's cookie",
                attacks::cookie);
        attacks.add(
                "login-page-framed",
                "another site shows the login page in a frame",
                attacks::framed);
        attacks.add(
                "login-open-redirect",
                "a link to the login page leads elsewhere afterwards",
                attacks::openRedirect);
        attacks.add(
                "logout-open-redirect",
                "a link to the logout page leads elsewhere",
                attacks::openRedirectOut);
        attacks.add(
                "login-tells-accounts",
                "somebody finds out which accounts exist",
                attacks::enumeration);
        attacks.add(
                "password-guessing",
                "somebody guesses a password " + GUESSES_MAX + " times",
                attacks::guessing);
        attacks.add(
                "keys-published",
                "somebody looks for private keys in the published key set",
                LoginAttacks::keys);
        attacks.add(
                "introspection-by-stranger",
                "somebody without a client's credentials asks what a token is worth",
                attacks::introspection);
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.PROVIDER, story, line, Expectation.stopped(), play);
    }

    /// The login page, as a browser comes to it on the way to a code.
    private static Browser.Page loginPage(LoginFlow flow) throws IOException, NotPlayable {
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
        if (page.form().isEmpty()) {
            throw new NotPlayable("no login page came: " + page.reply().excerpt());
        }
        return page;
    }

    private static boolean signedIn(Browser.Page after) {
        String sentTo = after.sentTo().orElse("");
        return !sentTo.isEmpty() && !sentTo.contains("login") && !sentTo.contains("error");
    }

    /// What comes of name and password, and of the code where one is asked for.
    private static Browser.Page entered(
            LoginFlow flow, Browser.Page page, Form form, Credential.Password who)
            throws IOException {
        Browser.Page after = flow.browser().submit(page, form, entries(who.user(), who.password()));
        if (after.sentTo().filter(at -> at.contains("login")).isEmpty()) {
            return after;
        }
        Browser.Page second = flow.browser().follow(after, flow.client().redirect().toString());
        Optional<Form> code = SecondPages.form(second);
        return code.isEmpty()
                ? after
                : flow.browser()
                        .submit(second, code.get(), Map.of(SecondPages.FIELD, who.second().code()));
    }

    private Credential.Password who(Scene scene) throws NotPlayable {
        return ProviderAttacks.who(scene, role, Accounts.SIGNING_IN);
    }

    private Seen withoutCsrf(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Browser.Page page = loginPage(flow);
        Form form = page.form().orElseThrow();
        Credential.Password who = who(scene);
        Browser.Page after = entered(flow, page, new Form(form.action(), Map.of()), who);
        return signedIn(after)
                ? new Seen.Yielded("signed in")
                : new Seen.Thwarted("refused: " + after.reply().status());
    }

    private Seen fixation(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Browser.Page page = loginPage(flow);
        Map<String, String> before = flow.browser().cookies();
        Credential.Password who = who(scene);
        Browser.Page after = entered(flow, page, page.form().orElseThrow(), who);
        if (!signedIn(after)) {
            throw new NotPlayable("signing in did not work: " + after.reply().excerpt());
        }
        Map<String, String> now = flow.browser().cookies();
        return now.equals(before)
                ? new Seen.Yielded("the cookie is the same as before")
                : new Seen.Thwarted("the cookie is another one");
    }

    private Seen cookie(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Browser.Page page = loginPage(flow);
        Credential.Password who = who(scene);
        Browser.Page after = entered(flow, page, page.form().orElseThrow(), who);
        List<String> cookies = after.reply().headers("set-cookie");
        if (!signedIn(after) || cookies.isEmpty()) {
            throw new NotPlayable("signing in gave no cookie: " + after.reply().status());
        }
        for (String cookie : cookies) {
            String flags = cookie.toLowerCase(Locale.ROOT);
            boolean deleted = flags.contains("max-age=0") || flags.contains("1970");
            for (String flag : List.of("secure", "httponly", "samesite=")) {
                if (!deleted && !flags.contains(flag)) {
                    return new Seen.Yielded(cookie.split("=", 2)[0] + " lacks " + flag);
                }
            }
        }
        return new Seen.Thwarted("Secure, HttpOnly, SameSite");
    }

    private Seen framed(Scene scene) throws IOException, NotPlayable {
        Reply reply = loginPage(ProviderAttacks.flow(scene)).reply();
        boolean policy =
                reply.headers("content-security-policy").stream()
                        .anyMatch(text -> FRAMES.matcher(text).find());
        return policy || reply.header("x-frame-options").isPresent()
                ? new Seen.Thwarted("no frame may show it")
                : new Seen.Yielded("any site may show it in a frame");
    }

    private Seen openRedirect(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        String query =
                "?continue="
                        + ELSEWHERE
                        + "&next="
                        + ELSEWHERE
                        + "&redirect="
                        + ELSEWHERE
                        + "&return_to="
                        + ELSEWHERE;
        Browser.Page page = flow.browser().open(flow.path() + "/login" + query);
        Optional<Form> form = page.form();
        if (form.isEmpty()) {
            return elsewhere(page);
        }
        Credential.Password who = who(scene);
        return elsewhere(entered(flow, page, form.get(), who));
    }

    private Seen openRedirectOut(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        return elsewhere(
                flow.browser()
                        .open(
                                flow.path()
                                        + "/logout?post_logout_redirect_uri="
                                        + ELSEWHERE
                                        + "&continue="
                                        + ELSEWHERE));
    }

    private static Seen elsewhere(Browser.Page page) {
        return page.sentTo().filter(at -> at.contains("//elsewhere.example")).isPresent()
                ? new Seen.Yielded("the browser was sent elsewhere")
                : new Seen.Thwarted("stays: " + page.reply().status());
    }

    private Seen enumeration(Scene scene) throws IOException, NotPlayable {
        Credential.Password who = ProviderAttacks.who(scene, role, Accounts.OTHER);
        String known = told(scene, who.user());
        String unknown = told(scene, "x".repeat(who.user().length()));
        return known.equals(unknown)
                ? new Seen.Thwarted("both get the same answer")
                : new Seen.Yielded("the answers differ: " + known + " / " + unknown);
    }

    /// What the provider says to a wrong password, without what changes from time to time.
    private static String told(Scene scene, String user) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Browser.Page page = loginPage(flow);
        Browser.Page after =
                flow.browser()
                        .submit(page, page.form().orElseThrow(), entries(user, "wrong password"));
        String sentTo = after.sentTo().orElse("");
        Browser.Page end = flow.browser().follow(after, ELSEWHERE);
        String words =
                end.reply()
                        .body()
                        .replaceAll("value=\"[^\"]*\"", "")
                        .replaceAll("<[^>]*>", " ")
                        .strip();
        return after.reply().status()
                + " "
                + sentTo
                + " "
                + words.replaceAll("\\s+", " ").hashCode();
    }

    private Seen guessing(Scene scene) throws IOException, NotPlayable {
        Credential.Password who = ProviderAttacks.who(scene, role, Accounts.GUESSED);
        LoginFlow flow = LoginFlow.with(scene.stage().target(), scene.door(), scene::exchange);
        Browser.Page page = loginPage(flow);
        for (int guess = 1; guess <= GUESSES_MAX; guess++) {
            Form form = page.form().orElseThrow();
            page = flow.browser().submit(page, form, entries(who.user(), "guess " + guess));
            page = flow.browser().follow(page, ELSEWHERE);
            if (page.reply().status() == 429) {
                return new Seen.Thwarted("slowed down after " + guess + " guesses");
            }
            page = page.form().isPresent() ? page : loginPage(flow);
        }
        return new Seen.Yielded(GUESSES_MAX + " guesses were answered");
    }

    private static Seen keys(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        Reply reply = flow.browser().send(Call.get(flow.path() + "/jwks"));
        if (reply.status() != 200) {
            throw new NotPlayable("no key set is published: " + reply.excerpt());
        }
        return reply.body().matches("(?s).*\"(d|k|p|q|dp|dq|qi)\"\\s*:.*")
                ? new Seen.Yielded("a private key is published")
                : new Seen.Thwarted("public keys only");
    }

    private Seen introspection(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        String token = scene.bearer(role, Accounts.ORDINARY);
        Reply reply =
                flow.browser()
                        .send(
                                Call.form(
                                        flow.path() + "/introspect",
                                        Browser.encoded(Map.of("token", token))));
        return reply.status() == 200 && reply.body().contains("\"active\"")
                ? new Seen.Yielded("answered: " + reply.excerpt())
                : new Seen.Thwarted("refused: " + reply.status());
    }

    private static Map<String, String> entries(String user, String password) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("username", user);
        entries.put("password", password);
        return entries;
    }
}
