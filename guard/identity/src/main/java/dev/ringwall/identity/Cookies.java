package dev.ringwall.identity;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Cookies that scripts and other hosts cannot touch.
final class Cookies {

    private Cookies() {}

    static List<Cookie> all(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null ? List.of() : Arrays.asList(cookies);
    }

    /// The value of the cookie of that name; empty also when there are two, since then somebody else set one.
    static Optional<String> value(HttpServletRequest request, String name) {
        List<String> values =
                all(request).stream()
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .toList();
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    static void set(HttpServletResponse response, String name, String value, Duration lasts) {
        response.addHeader(
                "Set-Cookie",
                name
                        + "="
                        + value
                        + "; Path=/; Max-Age="
                        + lasts.toSeconds()
                        + "; Secure; HttpOnly; SameSite=Lax");
    }
}
