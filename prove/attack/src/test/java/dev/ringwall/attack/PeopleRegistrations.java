package dev.ringwall.attack;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Programs that register themselves as clients, at the system of people.
final class PeopleRegistrations {

    private static final String PATH = "/auth/clients";
    private static final String ALLOWED = "notes.list";

    private final Set<Gap> gaps;
    private final Map<String, AtomicInteger> invitations = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> clients = new ConcurrentHashMap<>();

    PeopleRegistrations(Set<Gap> gaps) {
        this.gaps = gaps;
    }

    static boolean at(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    String invitation(int uses) {
        String token = UUID.randomUUID().toString();
        invitations.put(token, new AtomicInteger(uses));
        return token;
    }

    boolean knows(@Nullable String id) {
        return id != null && clients.containsKey(id);
    }

    /// What people see of that client; empty for one that did not register itself.
    String looks(@Nullable String id) {
        Map<String, Object> client = id == null ? null : clients.get(id);
        return client == null || gaps.contains(Gap.REGISTERED_UNASKED)
                ? ""
                : client.get("client_name") + " " + client.get("redirect_uris");
    }

    /// Whether people are sent where that asks, by a client that registered itself or by the one that is always there.
    boolean answers(Map<String, String> question) {
        String id = question.getOrDefault("client_id", "");
        Map<String, Object> client = clients.get(id);
        return client == null
                || String.valueOf(client.get("redirect_uris"))
                        .contains(question.getOrDefault("redirect_uri", "-"));
    }

    TinyHttp.Response answer(TinyHttp.Request request) throws IOException {
        String id = request.target().substring(PATH.length()).replace("/", "");
        String token =
                request.headers()
                        .getOrDefault("authorization", List.of(""))
                        .getFirst()
                        .replaceFirst("^Bearer ", "");
        Map<String, Object> says = said(request.body());
        if (id.isEmpty()) {
            return register(says, token);
        }
        Map<String, Object> client = clients.get(id);
        boolean own =
                client != null
                        && (token.equals(client.get("registration_access_token"))
                                || (gaps.contains(Gap.REGISTRATION_OF_ANYBODY)
                                        && clients.values().stream()
                                                .anyMatch(one ->
                                                        token.equals(
                                                                one.get(
                                                                        "registration_access_token")))));
        if (!own) {
            return TinyHttp.Response.json(401, "{\"error\":\"invalid_token\"}");
        }
        return switch (request.method()) {
            case "GET" -> shown(200, client);
            case "DELETE" -> {
                clients.remove(id);
                yield TinyHttp.Response.json(204, "");
            }
            default -> replaced(client, says);
        };
    }

    private TinyHttp.Response register(Map<String, Object> says, String token) throws IOException {
        AtomicInteger left = invitations.get(token);
        boolean invited =
                gaps.contains(Gap.REGISTRATION_UNINVITED)
                        || (left != null
                                && (left.get() > 0 || gaps.contains(Gap.INVITATION_TWICE)));
        if (!invited) {
            return TinyHttp.Response.json(401, "{\"error\":\"invalid_token\"}");
        }
        if (gaps.contains(Gap.REGISTRATION_FETCHES)) {
            fetch(says);
        }
        if (!good(says, Gap.REGISTERED_BEYOND)) {
            return TinyHttp.Response.json(400, "{\"error\":\"invalid_client_metadata\"}");
        }
        if (left != null) {
            left.decrementAndGet();
        }
        Map<String, Object> client = new HashMap<>(says);
        if (!gaps.contains(Gap.CLIENT_ID_CHOSEN) || !says.containsKey("client_id")) {
            client.put("client_id", UUID.randomUUID().toString());
        }
        client.putIfAbsent("scope", ALLOWED);
        client.put("registration_access_token", UUID.randomUUID().toString());
        clients.put(String.valueOf(client.get("client_id")), client);
        return shown(201, client);
    }

    private TinyHttp.Response replaced(Map<String, Object> client, Map<String, Object> says) {
        if (!good(says, Gap.REGISTRATION_WIDENED)) {
            return TinyHttp.Response.json(400, "{\"error\":\"invalid_client_metadata\"}");
        }
        client.putAll(says);
        return shown(200, client);
    }

    private boolean good(Map<String, Object> says, Gap beyond) {
        Object redirects = says.get("redirect_uris");
        boolean addresses =
                redirects instanceof List<?> all
                        && !all.isEmpty()
                        && all.stream()
                                .allMatch(one ->
                                        String.valueOf(one)
                                                .matches("https://[a-z.]+(:[0-9]+)?/[a-z/]*"));
        Object scope = says.getOrDefault("scope", ALLOWED);
        return (addresses || gaps.contains(Gap.REGISTERED_REDIRECT_UNCHECKED))
                && (Set.of("openid", ALLOWED)
                                .containsAll(List.of(String.valueOf(scope).split(" ", -1)))
                        || gaps.contains(beyond));
    }

    private static void fetch(Map<String, Object> says) throws IOException {
        for (Map.Entry<String, Object> one : new ArrayList<>(says.entrySet())) {
            if (one.getKey().endsWith("_uri")) {
                URI.create(String.valueOf(one.getValue())).toURL().openStream().close();
            }
        }
    }

    private static Map<String, Object> said(String body) {
        try {
            return body.isEmpty() ? Map.of() : JSONObjectUtils.parse(body);
        } catch (ParseException notJson) {
            return Map.of();
        }
    }

    private static TinyHttp.Response shown(int status, Map<String, Object> client) {
        return TinyHttp.Response.json(status, JSONObjectUtils.toJSONString(client));
    }
}
