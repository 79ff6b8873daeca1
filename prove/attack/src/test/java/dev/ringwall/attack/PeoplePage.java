package dev.ringwall.attack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What the pages of the system of people have in common: cookies and forms.
final class PeoplePage {

    static final String SESSION = "__Host-session";
    static final String HALF = "__Host-half";
    static final String FORM = "__Host-form";

    private final Set<Gap> gaps;

    PeoplePage(Set<Gap> gaps) {
        this.gaps = gaps;
    }

    static Map<String, String> form(TinyHttp.Request request) {
        return TinyQuery.of("?" + request.body());
    }

    static String cookie(TinyHttp.Request request, String name) {
        for (String pair : request.header("cookie").orElse("").split("; ", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }

    TinyHttp.Response hand(TinyHttp.Response response, String name, String value) {
        String shut = gaps.contains(Gap.COOKIES_OPEN) ? "" : "; HttpOnly";
        return response.with(
                "Set-Cookie", name + "=" + value + "; Path=/; Secure" + shut + "; SameSite=Lax");
    }

    /// Whether the form was on a page in the same browser.
    boolean ours(TinyHttp.Request request) {
        String secret = cookie(request, FORM);
        return gaps.contains(Gap.FORMS_OF_ANYBODY)
                || (!secret.isEmpty() && secret.equals(form(request).get("form")));
    }

    TinyHttp.Response page(TinyHttp.Request request, int status, String html) {
        String known = cookie(request, FORM);
        String secret = known.isEmpty() ? UUID.randomUUID().toString() : known;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "text/html");
        if (!gaps.contains(Gap.PAGE_OPEN)) {
            headers.put("Content-Security-Policy", "frame-ancestors 'none'");
            headers.put("Cache-Control", "no-store");
        }
        TinyHttp.Response page =
                new TinyHttp.Response(
                        status,
                        headers,
                        html.replace("@FORM@", field(secret))
                                .replace("@BROWSER@", secret.replace("-", "")));
        return known.isEmpty() ? hand(page, FORM, secret) : page;
    }

    private static String field(String secret) {
        return "<input type=\"hidden\" name=\"form\" value=\"" + secret + "\">";
    }

    /// A form with these inputs, each `name` or `name=value`.
    static String form(String action, String... inputs) {
        StringBuilder form =
                new StringBuilder("<form method=\"post\" action=\"" + action + "\">@FORM@");
        for (String input : inputs) {
            String[] parts = input.split("=", 2);
            form.append("<input name=\"").append(parts[0]).append("\" value=\"");
            form.append(parts.length > 1 ? parts[1] : "").append("\">");
        }
        return form.append("</form>").toString();
    }

    static Optional<String> query(TinyHttp.Request request) {
        int mark = request.target().indexOf('?');
        return mark < 0 ? Optional.empty() : Optional.of(request.target().substring(mark));
    }
}
