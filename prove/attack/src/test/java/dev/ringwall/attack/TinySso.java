package dev.ringwall.attack;

import dev.ringwall.model.Blueprint;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;

/// A door with nothing behind it but the way to a provider of others and back, which does wrong what it is told to.
final class TinySso implements AutoCloseable {

    static final String ISSUER = "https://login.acme.example";

    private static final String DECLARATION =
            """
            ringwall: 1
            system: tiny
            roles: { staff: { login: sso } }
            identity-providers:
              acme: { issuer: "https://login.acme.example", client: tiny, secret: acme-client, roles: { staff: [groups=tiny] } }
            services:
              notes: { run: notes, operations: { list: { http: GET /notes, allow: staff } } }
            """;

    /// What it does wrong.
    enum Hole {
        NO_NONCE,
        PLAIN_VERIFIER,
        STATE_OF_ANYBODY,
        STATE_UNCHECKED,
        STATE_AGAIN,
        ISSUER_UNCHECKED,
        LEADS_ANYWHERE,
        LOGOUT_UNSIGNED,
        LOGOUT_OF_ANY_KEY
    }

    final Blueprint blueprint = declared();
    private final TinyAuthority authority = new TinyAuthority();
    private final Set<Hole> holes = EnumSet.noneOf(Hole.class);
    private final Map<String, String> left = new ConcurrentHashMap<>();
    private final TinyHttp door;

    TinySso(Hole... holes) throws IOException {
        this.holes.addAll(List.of(holes));
        SSLServerSocket socket =
                (SSLServerSocket)
                        authority
                                .server(authority.issue("spiffe://tiny/gateway"), false, false)
                                .getServerSocketFactory()
                                .createServerSocket();
        this.door = new TinyHttp(socket, Set.of(), this::answer);
    }

    private static Blueprint declared() {
        if (Reader.read(Map.of("ringwall.yaml", DECLARATION), "ringwall.yaml")
                        instanceof Reading.Read(var declaration, var _)
                && Blueprint.of(declaration) instanceof Blueprint.Outcome.Sound(var sound, var _)) {
            return sound;
        }
        throw new IllegalStateException("does not load");
    }

    Target target() {
        String origin = "https://localhost:" + door.port();
        return new Target(
                blueprint,
                URI.create(origin),
                authority.certificate(),
                URI.create(origin + "/auth"),
                Optional.empty(),
                Map.of(),
                Set.of(),
                (_, _) -> Optional.empty(),
                Optional.empty());
    }

    private TinyHttp.Response answer(TinyHttp.Request request) {
        URI at = URI.create(request.target());
        Map<String, String> query = query(at.getRawQuery());
        return switch (at.getPath()) {
            case "/auth/sso/acme" -> leave(request, query);
            case "/auth/sso/acme/callback" -> back(request, query);
            case "/auth/sso/acme/logout" -> over(query(request.body()));
            default -> page(404, "nothing");
        };
    }

    private TinyHttp.Response leave(TinyHttp.Request request, Map<String, String> query) {
        String browser = cookie(request).orElseGet(() -> UUID.randomUUID().toString());
        String state = UUID.randomUUID().toString();
        left.put(state, browser);
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("response_type", "code");
        asked.put("state", state);
        if (!holes.contains(Hole.NO_NONCE)) {
            asked.put("nonce", UUID.randomUUID().toString());
        }
        asked.put("code_challenge", UUID.randomUUID().toString());
        asked.put("code_challenge_method", holes.contains(Hole.PLAIN_VERIFIER) ? "plain" : "S256");
        asked.put(
                "redirect_uri",
                holes.contains(Hole.LEADS_ANYWHERE) && query.containsKey("redirect_uri")
                        ? query.get("redirect_uri")
                        : "https://localhost/auth/sso/acme/callback");
        return TinyHttp.Response.to(ISSUER + "/authorize?" + Browser.encoded(asked))
                .with("Set-Cookie", "__Host-left=" + browser + "; Path=/; Secure; HttpOnly");
    }

    private TinyHttp.Response back(TinyHttp.Request request, Map<String, String> query) {
        String state = query.getOrDefault("state", "");
        String browser = left.get(state);
        boolean known =
                holes.contains(Hole.STATE_UNCHECKED)
                        || (browser != null
                                && (holes.contains(Hole.STATE_OF_ANYBODY)
                                        || cookie(request).filter(browser::equals).isPresent()));
        if (!known) {
            return page(403, "this was not begun here");
        }
        if (!holes.contains(Hole.STATE_AGAIN)) {
            left.remove(state);
        }
        if (!holes.contains(Hole.ISSUER_UNCHECKED) && !ISSUER.equals(query.get("iss"))) {
            return page(403, "this is the answer of another");
        }
        return page(403, "the provider does not know the code");
    }

    private TinyHttp.Response over(Map<String, String> form) {
        String[] parts = form.getOrDefault("logout_token", "").split("\\.", -1);
        String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
        boolean taken =
                header.contains("none")
                        ? holes.contains(Hole.LOGOUT_UNSIGNED)
                        : holes.contains(Hole.LOGOUT_OF_ANY_KEY);
        return page(taken ? 200 : 400, "");
    }

    private static TinyHttp.Response page(int status, String text) {
        return new TinyHttp.Response(status, Map.of("Content-Type", "text/html"), text);
    }

    private static Optional<String> cookie(TinyHttp.Request request) {
        return request.header("Cookie")
                .filter(text -> text.startsWith("__Host-left="))
                .map(text -> text.substring("__Host-left=".length()));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : (text == null ? "" : text).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
