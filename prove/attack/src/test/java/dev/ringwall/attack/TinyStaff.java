package dev.ringwall.attack;

import dev.ringwall.attack.TinyHttp.Request;
import dev.ringwall.attack.TinyHttp.Response;
import dev.ringwall.attack.TinyOffice.Forgets;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Those whom the tiny office has made: people who sign in, and holders of keys, until they are gone.
final class TinyStaff {

    static final URI BACK = URI.create("https://pages.example/callback");

    private static final Pattern NAME = Pattern.compile("\"(?:name|userName)\":\"([^\"]+)\"");

    private final Set<Forgets> forgets;
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, String> handed = new ConcurrentHashMap<>();

    TinyStaff(Set<Forgets> forgets) {
        this.forgets = forgets;
    }

    /// Remembers somebody, or a key; returns the members of the answer that are shown once.
    String made(String id, String body) {
        String secret = UUID.randomUUID().toString();
        Matcher name = NAME.matcher(body);
        if (name.find()) {
            names.put(id, name.group(1));
            secrets.put(name.group(1), secret);
            return body.contains("userName") ? "" : ",\"password\":\"" + secret + "\"";
        }
        handed.put("Bearer " + secret, id);
        names.put(id, id);
        return ",\"key\":\"" + secret + "\"";
    }

    boolean shows(String id) {
        return names.containsKey(id);
    }

    void gone(String id) {
        if (forgets.contains(Forgets.ERASURE)) {
            return;
        }
        String name = names.remove(id);
        boolean key = id.equals(name);
        if (name != null && !forgets.contains(key ? Forgets.REVOCATION : Forgets.WHO_IS_ERASED)) {
            secrets.remove(name);
            handed.values().removeIf(name::equals);
        }
    }

    boolean opens(String authorization) {
        return handed.containsKey(authorization);
    }

    Response answer(Request request) {
        Map<String, String> said = TinyQuery.of(request.target());
        Map<String, String> form = TinyQuery.of("?" + request.body());
        int mark = request.target().indexOf('?');
        String query = mark < 0 ? "" : request.target().substring(mark);
        String path = mark < 0 ? request.target() : request.target().substring(0, mark);
        String cookie = TinyCookies.session(request);
        return switch (path) {
            case "/auth/authorize" ->
                    handed.containsKey(cookie)
                            ? Response.to(
                                    BACK
                                            + "?code="
                                            + hand("", handed.get(cookie))
                                            + "&state="
                                            + said.get("state"))
                            : Response.to("/auth/login" + query);
            case "/auth/clients" ->
                    Response.json(
                            201,
                            "{\"client_id\":\"registered-1\",\"registration_access_token\":\"own\"}");
            case "/auth/login" -> login(request, form, query);
            case "/auth/token" -> token(form.getOrDefault("code", form.get("refresh_token")));
            default -> Response.json(404, "{}");
        };
    }

    private Response login(Request request, Map<String, String> form, String query) {
        String user = form.getOrDefault("username", "");
        boolean right =
                request.method().equals("POST")
                        && form.getOrDefault("password", "-").equals(secrets.get(user));
        return right
                ? Response.to("/auth/authorize" + query)
                        .with("Set-Cookie", TinyCookies.cookie(hand("", user)))
                : new Response(
                        200,
                        Map.of("Content-Type", "text/html"),
                        PeoplePage.form(
                                "/auth/login" + query.replace("&", "&amp;"),
                                "username",
                                "password"));
    }

    private Response token(@org.jspecify.annotations.Nullable String shown) {
        String owner = shown == null ? null : handed.remove(shown);
        return owner == null
                ? Response.json(400, "{\"error\":\"invalid_grant\"}")
                : Response.json(
                        200,
                        "{\"access_token\":\"%s\",\"refresh_token\":\"%s\"}"
                                .formatted(hand("Bearer ", owner), hand("", owner)));
    }

    private String hand(String before, String owner) {
        String secret = UUID.randomUUID().toString();
        handed.put(before + secret, owner);
        return secret;
    }
}
