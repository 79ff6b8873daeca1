package dev.ringwall.attack;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Requests that clients of the system of people have pushed, each for one answer.
final class PeoplePushed {

    private static final String BEFORE = "urn:pushed:";

    private final Set<Gap> gaps;
    private final PeopleMachines machines;
    private final Map<String, Map<String, String>> waiting = new ConcurrentHashMap<>();

    PeoplePushed(Set<Gap> gaps, PeopleMachines machines) {
        this.gaps = gaps;
        this.machines = machines;
    }

    TinyHttp.Response push(TinyHttp.Request request) {
        Map<String, String> form = PeoplePage.form(request);
        if (!machines.proved(form) && !gaps.contains(Gap.CLIENT_UNPROVED)) {
            return TinyHttp.Response.json(401, "{\"error\":\"invalid_client\"}");
        }
        boolean challenged =
                form.containsKey("code_challenge")
                        && "S256".equals(form.get("code_challenge_method"));
        if (!challenged && !gaps.contains(Gap.CHALLENGE_WEAK)) {
            return TinyHttp.Response.json(400, "{\"error\":\"invalid_request\"}");
        }
        String uri = BEFORE + UUID.randomUUID();
        waiting.put(uri, form);
        return TinyHttp.Response.json(201, "{\"request_uri\":\"" + uri + "\"}");
    }

    static boolean looksLike(String uri) {
        return uri.startsWith(BEFORE);
    }

    /// What was pushed, for its one answer.
    Optional<Map<String, String>> taken(String uri) {
        return Optional.ofNullable(
                gaps.contains(Gap.PUSHED_TWICE) ? waiting.get(uri) : waiting.remove(uri));
    }
}
