package dev.ringwall.identity;

import dev.ringwall.model.Reason;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Refusals that are no matter of OAuth, in the form that the whole house uses (RFC 9457).
final class Problems {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Problems() {}

    static void send(HttpServletResponse response, Reason reason, Optional<String> request)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.reset();
        response.setStatus(reason.status());
        response.setHeader("Cache-Control", "no-store");
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "https://ringwall.dev/reasons/" + reason.word());
        problem.put("title", reason.title());
        problem.put("status", reason.status());
        request.ifPresent(id -> problem.put("instance", "urn:ringwall:request:" + id));
        problem.put("reason", reason.word());
        Json.send(response, "application/problem+json", MAPPER.writeValueAsString(problem));
    }
}
