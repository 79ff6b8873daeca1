package dev.ringwall.attack;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// As much of a browser as signing in needs: cookies, redirects within one site, and forms. For one thread.
final class Browser {

    static final int REDIRECTS_MAX = 10;

    private final Road road;
    private final Exchange exchange;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final List<String> handed = new ArrayList<>();

    /// Sends a request and gives the answer.
    @FunctionalInterface
    interface Exchange {
        Reply send(Road road, Call call) throws IOException;
    }

    /// What is on the screen.
    ///
    /// @param at where it came from, `/auth/login`
    record Page(String at, Reply reply) {

        /// Where the answer sends the browser on to; relative to where it came from.
        Optional<String> sentTo() {
            return reply.redirects() ? reply.header("location") : Optional.empty();
        }

        Optional<Form> form() {
            return Form.with(reply.body(), "password");
        }
    }

    Browser(Road road, Exchange exchange) {
        this.road = road;
        this.exchange = exchange;
    }

    Page open(String target) throws IOException {
        return new Page(target, send(Call.get(target)));
    }

    /// Goes on while it is sent on within the site, and stops before leaving it or coming to `end`.
    Page follow(Page page, String end) throws IOException {
        Page current = page;
        for (int i = 0; i < REDIRECTS_MAX; i++) {
            Optional<String> next = current.sentTo();
            if (next.isEmpty() || arrived(next.get(), end)) {
                return current;
            }
            Optional<String> within = within(current.at(), next.get());
            if (within.isEmpty()) {
                return current;
            }
            current = open(within.get());
        }
        throw new IOException("more than " + REDIRECTS_MAX + " redirects");
    }

    /// Whether the address is `end`, whatever it is told there.
    static boolean arrived(String location, String end) {
        return location.equals(end)
                || location.startsWith(end + "?")
                || location.startsWith(end + "#");
    }

    Page submit(Page page, Form form, Map<String, String> entries) throws IOException {
        return submit(page, form, entries, road.origin());
    }

    /// Submits the form from a page of that origin.
    Page submit(Page page, Form form, Map<String, String> entries, String origin)
            throws IOException {
        Map<String, String> all = new LinkedHashMap<>(form.fields());
        all.putAll(entries);
        String action = form.action().isEmpty() ? page.at() : form.action();
        String target =
                within(page.at(), action)
                        .orElseThrow(() -> new IOException("the form leads to another site"));
        return new Page(target, send(Call.form(target, encoded(all)).with("Origin", origin)));
    }

    Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }

    /// Goes on with these cookies, as a thief would.
    void carry(Map<String, String> stolen) {
        cookies.clear();
        cookies.putAll(stolen);
    }

    /// Every line by which a cookie was set, as it came.
    List<String> handed() {
        return List.copyOf(handed);
    }

    static String encoded(Map<String, String> entries) {
        return entries.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Reply send(Call call) throws IOException {
        return once(exchange, call);
    }

    /// The same over another exchange.
    Reply once(Exchange by, Call call) throws IOException {
        Call dressed =
                cookies.isEmpty()
                        ? call
                        : call.with(
                                "Cookie",
                                cookies.entrySet().stream()
                                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                        .collect(Collectors.joining("; ")));
        Reply reply = by.send(road, dressed.with("Accept", "text/html, application/json"));
        handed.addAll(reply.headers("set-cookie"));
        for (String line : reply.headers("set-cookie")) {
            String pair = line.split(";", 2)[0];
            int equals = pair.indexOf('=');
            if (equals > 0) {
                cookies.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
            }
        }
        return reply;
    }

    /// The address within this site; empty when it leads away.
    private Optional<String> within(String at, String reference) throws IOException {
        try {
            URI resolved = URI.create(road.origin() + at).resolve(reference);
            String origin = resolved.getScheme() + "://" + resolved.getRawAuthority();
            if (!origin.equals(road.origin())) {
                return Optional.empty();
            }
            String query = resolved.getRawQuery();
            return Optional.of(resolved.getRawPath() + (query == null ? "" : "?" + query));
        } catch (IllegalArgumentException notAnAddress) {
            throw new IOException("not an address: " + reference, notAnAddress);
        }
    }
}
