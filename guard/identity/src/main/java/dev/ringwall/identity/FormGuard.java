package dev.ringwall.identity;

import dev.ringwall.people.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/// Accepts a form only from a page of ours in the same browser: the page carries the same secret as a cookie that no other host can
/// set. So nobody can sign somebody else in or out.
final class FormGuard {

    /// The field of the form.
    static final String FIELD = "form";

    private static final String COOKIE = "__Host-ringwall-form";
    private static final Duration LASTS = Duration.ofHours(12);
    private static final int LENGTH = 43;

    private FormGuard() {}

    /// The secret for the page; hands the browser the cookie where it has none.
    static String secret(HttpServletRequest request, HttpServletResponse response) {
        return Cookies.value(request, COOKIE)
                .filter(value -> value.length() == LENGTH)
                .orElseGet(() -> fresh(response));
    }

    /// A new secret, for whoever has just signed in or out.
    static String fresh(HttpServletResponse response) {
        String secret = Secrets.random();
        Cookies.set(response, COOKIE, secret, LASTS);
        return secret;
    }

    /// Whether the form was on a page of ours.
    static boolean ours(HttpServletRequest request) {
        String field = request.getParameter(FIELD);
        String site = request.getHeader("Sec-Fetch-Site");
        return field != null
                && (site == null || site.equals("same-origin"))
                && Cookies.value(request, COOKIE)
                        .filter(value -> value.length() == LENGTH)
                        .map(value -> Secrets.same(value, field))
                        .orElse(false);
    }
}
