package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the few pages that people see. Each is a file with `{{name}}` in it; every value is escaped, and there is no other syntax,
/// so a few pages need no template engine.
///
/// The pages load nothing but one style sheet, and run no script but for the one that asks for a passkey on those pages that do, which the
/// policy in their headers holds browsers to. Without it they work all the same.
final class Pages {

    private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z]+)}}");
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private final String template;

    private Pages(String template) {
        this.template = template;
    }

    /// The page of that name: its first line is its title, the rest stands in the frame that all pages share.
    static Pages named(String name) {
        String page = resource(name + ".html");
        int title = page.indexOf('\n');
        return new Pages(
                resource("frame.html")
                        .replace("{{main}}", page.substring(title + 1))
                        .replace("<title>{{title}}", "<title>" + page.substring(0, title)));
    }

    /// A part of a page, to be put into one: a row of a list.
    static Pages part(String name) {
        return new Pages(resource(name + ".html"));
    }

    /// A file that lies beside the classes.
    static String resource(String name) {
        try (InputStream stream = Pages.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The page with these values in it.
    String with(Map<String, String> values) {
        return with(values, Map.of());
    }

    /// The page with these values and parts in it.
    ///
    /// @param parts what was made by this class or from numbers alone, and is not escaped again
    String with(Map<String, String> values, Map<String, String> parts) {
        Matcher holes = HOLE.matcher(template);
        return holes.replaceAll(hole -> {
            String part = parts.get(hole.group(1));
            return Matcher.quoteReplacement(
                    part == null ? escaped(values.getOrDefault(hole.group(1), "")) : part);
        });
    }

    /// Sends a page.
    ///
    /// @param leadsTo origins that a form may lead to besides this one, after a space each; browsers look at where redirects end
    static void send(HttpServletResponse response, int status, String html, String leadsTo)
            throws IOException {
        send(response, status, html, POLICY + leadsTo, "");
    }

    /// Sends a page with the script that asks for a passkey.
    ///
    /// @param nonce new and random; the script's element carries it, and nothing else in the page runs (CSP Level 3 §8.2)
    static void sendWithScript(
            HttpServletResponse response, int status, String html, String leadsTo, String nonce)
            throws IOException {
        send(response, status, html, POLICY + leadsTo, "script-src 'nonce-" + nonce + "'; ");
    }

    private static void send(
            HttpServletResponse response, int status, String html, String policy, String scripts)
            throws IOException {
        response.setStatus(status);
        response.setHeader("Content-Security-Policy", scripts + policy);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        Json.send(response, "text/html;charset=utf-8", html);
    }

    /// Sends a page that says what went wrong.
    static void error(HttpServletResponse response, int status, String title, String text)
            throws IOException {
        send(response, status, named("message").with(Map.of("title", title, "text", text)), "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
