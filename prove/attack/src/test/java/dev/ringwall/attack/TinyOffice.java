package dev.ringwall.attack;

import dev.ringwall.attack.TinyHttp.Request;
import dev.ringwall.attack.TinyHttp.Response;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Reason;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLServerSocket;

/// A tiny system that administers accounts as Ringwall should, or that forgets one of its rules. It shares no code with the real one.
final class TinyOffice implements AutoCloseable {

    /// What it can forget.
    enum Forgets {
        WHAT_IS_GIVEN,
        WHO_HOLDS_MORE,
        OWN_ACCOUNT,
        READ_ONLY_MEMBERS,
        FILTERS,
        VERSIONS,
        PAGES,
        NUMBERS,
        PASSWORDS,
        ERASURE,
        WHO_IS_ERASED,
        REVOCATION,
        REGISTERED_CLIENTS,
        BULK_RIGHTS,
        BULK_LIMITS
    }

    private static final String DECLARATION =
            """
            ringwall: 1
            system: tiny
            roles:
              boss:      { login: password }
              helpdesk:  { login: password }
              directory: { login: client }
              mirror:    { login: client }
              nightly:   { login: api-key }
              clerk:     { login: password }
              reports:   { login: api-key }
            services:
              desk:
                run: desk
                operations:
                  close: { http: POST /desk/close, allow: [boss, nightly] }
                  read:  { http: GET /desk, allow: [clerk, reports, helpdesk, directory] }
            administration:
              list-users: { allow: helpdesk }
              read-user: { allow: helpdesk }
              create-user: { allow: helpdesk }
              change-user: { allow: helpdesk }
              set-password: { allow: helpdesk }
              delete-user: { allow: helpdesk }
              create-key: { allow: helpdesk }
              revoke-key: { allow: helpdesk }
              remove-factor: { allow: helpdesk }
              revoke-client: { allow: helpdesk }
              scim: { allow: directory }
              scim-bulk: { allow: [directory, mirror] }
            client-registration: { who: open, kinds: [browser], roles: [boss] }
            """;

    private final Set<Forgets> forgets;
    private final Blueprint blueprint;
    private final TinyAuthority authority = new TinyAuthority();
    private final TinyHttp http;
    private final AtomicInteger made = new AtomicInteger();
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final TinyStaff staff;

    TinyOffice(Forgets... forgets) throws IOException {
        this.forgets = Set.of(forgets);
        this.staff = new TinyStaff(this.forgets);
        this.blueprint = declared();
        SSLServerSocket socket =
                (SSLServerSocket)
                        authority
                                .server(authority.issue("spiffe://tiny/gateway"), false, false)
                                .getServerSocketFactory()
                                .createServerSocket();
        this.http = new TinyHttp(socket, Set.of(), this::answer);
    }

    private static Blueprint declared() {
        if (Reader.read(Map.of("ringwall.yaml", DECLARATION), "ringwall.yaml")
                        instanceof Reading.Read read
                && Blueprint.of(read.declaration())
                        instanceof Blueprint.Outcome.Sound(Blueprint sound, var _)) {
            return sound;
        }
        throw new AssertionError("the declaration does not load");
    }

    Target target() {
        URI door = URI.create("https://localhost:" + http.port());
        return new Target(
                blueprint,
                door,
                authority.certificate(),
                door.resolve("/auth"),
                Optional.of(new LoginClient("pages", TinyStaff.BACK)),
                Map.of(),
                Set.of(),
                (role, _) -> Optional.of(new Credential.Token(token(role))),
                Optional.empty());
    }

    private static String token(String role) {
        return part("{\"alg\":\"none\"}") + "." + part("{\"sub\":\"id-" + role + "\"}") + ".c2ln";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private Response answer(Request request) {
        String path = request.target();
        String body = request.body();
        if (path.startsWith("/auth/")) {
            return staff.answer(request);
        }
        if (path.startsWith("/desk")) {
            return staff.opens(request.header("authorization").orElse(""))
                    ? Response.json(200, "{}")
                    : refused(Reason.TOKEN_REVOKED);
        }
        if (path.startsWith("/scim/v2/Bulk")) {
            return TinyBulk.answer(
                    body,
                    request.header("authorization").orElse("").endsWith(token("directory")),
                    forgets);
        }
        if (path.startsWith("/admin/v1/clients/")) {
            return forgets.contains(Forgets.REGISTERED_CLIENTS)
                    ? Response.json(204, "")
                    : refused(Reason.HOLDS_MORE);
        }
        if (request.method().equals("GET")) {
            return read(path);
        }
        if (request.method().equals("DELETE") && path.contains("/made-")) {
            staff.gone(id(path));
            return Response.json(204, "");
        }
        boolean gives =
                body.contains("boss")
                        || body.contains("nightly")
                        || path.startsWith("/scim/v2/Groups/");
        if (path.startsWith("/scim/v2/Users") && request.method().equals("POST")) {
            return created(body, forgets.contains(Forgets.PASSWORDS) ? body : "");
        }
        if (gives && !forgets.contains(Forgets.WHAT_IS_GIVEN)) {
            return refused(Reason.GIVES_WHAT_IT_LACKS);
        }
        if (path.contains("id-boss") && !forgets.contains(Forgets.WHO_HOLDS_MORE)) {
            return refused(Reason.HOLDS_MORE);
        }
        if (path.contains("id-directory") || path.contains("id-helpdesk")) {
            boolean own =
                    request.header("authorization")
                            .orElse("")
                            .endsWith(
                                    token(path.contains("id-helpdesk") ? "helpdesk" : "directory"));
            return own
                    ? forgets.contains(Forgets.OWN_ACCOUNT)
                            ? Response.json(200, "{}")
                            : refused(Reason.OWN_ACCOUNT)
                    : forgets.contains(Forgets.WHO_HOLDS_MORE)
                            ? Response.json(200, "{}")
                            : refused(Reason.HOLDS_MORE);
        }
        if (request.method().equals("POST")) {
            return created(body, "");
        }
        return changed(path, request.header("if-match"));
    }

    private Response read(String path) {
        Map<String, String> query = TinyQuery.of(path);
        if (query.containsKey("filter")) {
            return forgets.contains(Forgets.FILTERS)
                    ? Response.json(200, "{\"totalResults\":3}")
                    : Response.json(400, "{\"scimType\":\"invalidFilter\"}");
        }
        if (query.containsKey("limit")) {
            return forgets.contains(Forgets.PAGES)
                    ? Response.json(200, "{\"users\":[]}")
                    : refused(Reason.REQUEST_NOT_VALID);
        }
        if (query.containsKey("count") || query.containsKey("startIndex")) {
            return Response.json(forgets.contains(Forgets.NUMBERS) ? 500 : 400, "{}");
        }
        return Response.json(staff.shows(id(path)) ? 200 : 404, "{}");
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Response created(String body, String shown) {
        String id = "made-" + made.incrementAndGet();
        versions.put(id, 1);
        String secret = staff.made(id, body);
        Matcher groups = Pattern.compile("\"groups\":(\\[[^]]*])").matcher(body);
        boolean slips = forgets.contains(Forgets.READ_ONLY_MEMBERS) && groups.find();
        return Response.json(
                        201,
                        "{\"id\":\""
                                + id
                                + "\",\"groups\":"
                                + (slips ? groups.group(1) : "[]")
                                + (shown.isEmpty() ? "" : ",\"given\":" + shown)
                                + secret
                                + "}")
                .with("ETag", "\"1\"");
    }

    private Response changed(String path, Optional<String> ifMatch) {
        String id = id(path);
        int version = versions.getOrDefault(id, 1);
        boolean stale = ifMatch.filter(tag -> !tag.equals("\"" + version + "\"")).isPresent();
        if (stale && !forgets.contains(Forgets.VERSIONS)) {
            return Response.json(412, "{}");
        }
        versions.put(id, version + 1);
        return Response.json(200, "{}");
    }

    private static Response refused(Reason reason) {
        return new Response(
                reason.status(),
                Map.of("Content-Type", "application/problem+json"),
                "{\"reason\":\"" + reason.word() + "\"}");
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
