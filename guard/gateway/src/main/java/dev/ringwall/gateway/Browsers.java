package dev.ringwall.gateway;

import dev.ringwall.model.Door;
import dev.ringwall.model.RequestShape;
import dev.ringwall.wire.Lines;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What the door says to browsers: headers that make them careful, and which pages of other origins may call operations (the Fetch standard,
/// §3.2, "CORS protocol"). Services have no say in the latter. Immutable.
final class Browsers {

    /// How long a browser may remember what it was told.
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final AsciiString CONTENT_SECURITY =
            AsciiString.cached("content-security-policy");

    /// Kept as bytes with their hashes, for every answer gets them.
    private static final Map<AsciiString, AsciiString> USUAL =
            Map.of(
                    AsciiString.cached("strict-transport-security"),
                    AsciiString.cached("max-age=63072000; includeSubDomains"),
                    AsciiString.cached("x-content-type-options"),
                    AsciiString.cached("nosniff"),
                    AsciiString.cached("referrer-policy"),
                    AsciiString.cached("no-referrer"),
                    AsciiString.cached("x-frame-options"),
                    AsciiString.cached("DENY"),
                    AsciiString.cached("cross-origin-opener-policy"),
                    AsciiString.cached("same-origin"),
                    AsciiString.cached("cross-origin-resource-policy"),
                    AsciiString.cached("same-origin"),
                    CONTENT_SECURITY,
                    AsciiString.cached(
                            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"));

    /// What services have no say in: who may read their answers, and what they are made of.
    private static final List<AsciiString> OURS_ALONE =
            List.of(
                    HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN,
                    HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS,
                    HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
                    HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS,
                    HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
                    HttpHeaderNames.ACCESS_CONTROL_MAX_AGE,
                    HttpHeaderNames.ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK,
                    HttpHeaderNames.SERVER,
                    AsciiString.cached("x-powered-by"));

    /// Headers of answers that scripts may see, besides those that they see anyway.
    private static final AsciiString EXPOSED =
            AsciiString.cached(
                    "dpop-nonce, etag, link, location, ratelimit, ratelimit-policy, retry-after, ringwall-request, www-authenticate");

    /// Headers of requests that mean something at the door.
    private static final Set<String> SENT =
            Set.of(
                    "accept",
                    "accept-language",
                    "authorization",
                    "content-type",
                    "dpop",
                    "if-match",
                    "if-none-match",
                    "range",
                    "ringwall-key");

    /// What browser applications need of the identity provider; its pages are for people and are never another page's.
    private static final Set<String> IDENTITY_ENDPOINTS =
            Set.of("/auth/token", "/auth/revoke", "/auth/userinfo", "/auth/jwks");

    private static final String WELL_KNOWN = "/.well-known/";

    /// What every answer says, whatever its service said.
    private final Lines declared = new Lines(true);

    /// What an answer says unless its service said something of the kind, and the names of that in the same order.
    private final Lines usual = new Lines(false);

    private final NameSet usualNames;
    private final NameSet notTheirs;
    private final Set<String> origins;

    Browsers(Door door) {
        this.origins = Set.copyOf(door.origins().keySet());
        door.headers()
                .forEach((name, value) ->
                        declared.add(AsciiString.cached(name), AsciiString.cached(value)));
        List<AsciiString> names = new ArrayList<>();
        USUAL.forEach((name, value) -> {
            if (!door.headers().containsKey(name.toString())) {
                names.add(name);
                usual.put(name, value);
            }
        });
        this.usualNames = NameSet.of(names);
        List<CharSequence> all = new ArrayList<>(OURS_ALONE);
        all.addAll(door.headers().keySet());
        this.notTheirs = NameSet.of(all);
    }

    /// Whether pages of that origin may call operations.
    boolean welcome(String origin) {
        return origins.contains(origin);
    }

    /// Puts the headers of an answer of the door in order.
    ///
    /// @param ending which of them go no further than here
    void guard(Exchange exchange, Lines lines, Predicate<CharSequence> ending) {
        lines.removeIf(name -> ending.test(name) || notTheirs.has(name));
        lines.append(exchange.answerHeaders());
        lines.append(declared);
        usual(lines);
        if (!origins.isEmpty()) {
            lines.put(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
            origin(exchange)
                    .filter(_ -> forScripts(exchange))
                    .ifPresent(origin -> {
                        lines.put(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
                        lines.put(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
                    });
        }
    }

    /// Adds what makes browsers careful, where the answer says nothing of the kind.
    private void usual(Lines lines) {
        long said = 0;
        for (int i = 0; i < lines.texts(); i += 2) {
            int place = usualNames.place(lines.text(i));
            said |= place == NameSet.NONE ? 0 : 1L << place;
        }
        boolean page = lines.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith("text/html");
        if (said == 0 && !page) {
            lines.append(usual);
            return;
        }
        for (int i = 0; i < usual.texts(); i += 2) {
            CharSequence name = usual.text(i);
            // a page without a policy of its own would not work under one that allows nothing
            if ((said & 1L << (i / 2)) == 0 && !(page && CONTENT_SECURITY.contentEquals(name))) {
                lines.put(name, usual.text(i + 1));
            }
        }
    }

    /// What a browser is told that asks whether a page may send this, before it does; empty where nobody asks that, or it may not.
    ///
    /// @param routes what may be called from outside
    Optional<Passage> preflight(Exchange exchange, RouteTrie<OperationPlan> routes) {
        HttpHeaders asked = exchange.head().headers();
        String method = asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD, "");
        if (!exchange.head().method().equals(HttpMethod.OPTIONS)
                || method.isEmpty()
                || origin(exchange).isEmpty()) {
            return Optional.empty();
        }
        Set<String> sent = new TreeSet<>(SENT);
        if (routes.find(method, exchange.target().segments())
                instanceof RouteTrie.Found.Hit<OperationPlan>(OperationPlan plan, var _)) {
            plan.operation().shape().map(RequestShape::parameters).orElse(List.of()).stream()
                    .filter(parameter -> parameter.in() == RequestShape.In.HEADER)
                    .forEach(parameter -> sent.add(parameter.name().toLowerCase(Locale.ROOT)));
        } else if (!forScripts(exchange.target().path())) {
            return Optional.empty();
        }
        Map<String, String> told = new LinkedHashMap<>();
        told.put("access-control-allow-origin", origin(exchange).orElseThrow());
        told.put("access-control-allow-methods", method);
        told.put("access-control-max-age", Long.toString(REMEMBERED.toSeconds()));
        List<String> granted = new ArrayList<>();
        for (String name :
                asked.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS, "").split(",", -1)) {
            String lower = name.strip().toLowerCase(Locale.ROOT);
            if (sent.contains(lower)) {
                granted.add(lower);
            }
        }
        if (!granted.isEmpty()) {
            told.put("access-control-allow-headers", String.join(", ", granted));
        }
        told.put("vary", "origin, access-control-request-method, access-control-request-headers");
        return Optional.of(new Passage.Answered(204, told));
    }

    /// The origin of the page that calls, where its calls are welcome.
    private Optional<String> origin(Exchange exchange) {
        return Optional.ofNullable(exchange.head().headers().get(HttpHeaderNames.ORIGIN))
                .filter(this::welcome);
    }

    private static boolean forScripts(Exchange exchange) {
        return !exchange.routed()
                || !(exchange.destination() instanceof Destination.ToIdentity)
                || forScripts(exchange.target().path());
    }

    private static boolean forScripts(String path) {
        return IDENTITY_ENDPOINTS.contains(path) || path.startsWith(WELL_KNOWN);
    }
}
