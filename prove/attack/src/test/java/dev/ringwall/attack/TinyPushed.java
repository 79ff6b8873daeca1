package dev.ringwall.attack;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Authorization requests that were pushed to the tiny provider.
final class TinyPushed {

    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

    private final Set<Weakness> weaknesses;
    private final Map<String, Map<String, String>> pushed = new ConcurrentHashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    TinyPushed(Set<Weakness> weaknesses) {
        this.weaknesses = weaknesses;
    }

    TinyHttp.Response push(Map<String, String> question) {
        String uri = PREFIX + UUID.randomUUID();
        pushed.put(uri, question);
        return TinyHttp.Response.json(201, "{\"request_uri\":\"" + uri + "\",\"expires_in\":90}");
    }

    /// What is really asked; empty when it must not be answered.
    ///
    /// @param redirect where somebody careless sends what nobody pushed
    Optional<Map<String, String>> question(Map<String, String> asked, String redirect) {
        String uri = asked.get("request_uri");
        if (uri == null) {
            return Optional.of(asked);
        }
        Map<String, String> question = pushed.get(uri);
        if (weaknesses.contains(Weakness.PUSHED_UNCHECKED)) {
            Map<String, String> taken =
                    new HashMap<>(question == null ? usual(redirect) : question);
            taken.put("pushed", "and so looked at before");
            Optional.ofNullable(asked.get("redirect_uri"))
                    .ifPresent(elsewhere -> taken.put("redirect_uri", elsewhere));
            return Optional.of(taken);
        }
        return question != null
                        && question.get("client_id").equals(asked.get("client_id"))
                        && used.add(uri)
                ? Optional.of(question)
                : Optional.empty();
    }

    private static Map<String, String> usual(String redirect) {
        return Map.of(
                "client_id", TinyProvider.CLIENT,
                "redirect_uri", redirect,
                "response_type", "code",
                "code_challenge", "none",
                "code_challenge_method", "S256");
    }
}
