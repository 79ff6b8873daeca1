package dev.ringwall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What people do with passkeys, each as one step.
final class PasskeyHouse {

    private static final Pattern RECOVERY = Pattern.compile("(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}");

    private PasskeyHouse() {}

    static HttpResponse<String> password(Browser who, String path, String name) {
        HttpResponse<String> page = who.get(path);
        return who.post(
                Browser.action(page),
                Map.of("form", Browser.form(page), "username", name, "password", House.PASSWORD));
    }

    /// Signs in with a password and nothing else.
    static Browser signedIn(Browser who, String name) {
        assertThat(Browser.location(password(who, Paths.LOGIN, name))).isEqualTo(Paths.ACCOUNT);
        return who;
    }

    static HttpResponse<String> adds(Browser who, SoftPasskey passkey, String name) {
        HttpResponse<String> page = who.get(Paths.ACCOUNT_PASSKEY);
        return answers(who, page, passkey.made(page), "name", name);
    }

    /// Sends the page's form with that answer of a passkey.
    static HttpResponse<String> answers(
            Browser who, HttpResponse<String> page, String answer, String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("form", Browser.form(page));
        form.put("credential", answer);
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return who.post(Browser.action(page), form);
    }

    /// Signs in at the login page itself with a passkey alone.
    static HttpResponse<String> shows(Browser who, SoftPasskey passkey) {
        HttpResponse<String> page = who.get(Paths.LOGIN);
        return answers(who, page, passkey.shown(page));
    }

    static HttpResponse<String> act(Browser who, String act, String which) {
        String form = Browser.form(who.get(Paths.ACCOUNT));
        return who.post(Paths.ACCOUNT, Map.of("form", form, "act", act, "which", which));
    }

    static HttpResponse<String> renames(Browser who, String which, String name) {
        String form = Browser.form(who.get(Paths.ACCOUNT));
        return who.post(
                Paths.ACCOUNT,
                Map.of("form", form, "act", "rename-passkey", "which", which, "name", name));
    }

    static List<String> codes(HttpResponse<String> shown) {
        return RECOVERY.matcher(shown.body()).results().map(MatchResult::group).toList();
    }

    static HttpResponse<String> code(Browser who, String path, String code) {
        HttpResponse<String> page = who.get(path);
        return who.post(Browser.action(page), Map.of("form", Browser.form(page), "code", code));
    }
}
