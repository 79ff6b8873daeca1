package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Answers in JSON.
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static String text(Map<String, ?> body) {
        return MAPPER.writeValueAsString(body);
    }

    static void send(HttpServletResponse response, Map<String, ?> body) throws IOException {
        send(response, "application/json", MAPPER.writeValueAsString(body));
    }

    static void send(HttpServletResponse response, String type, String body) throws IOException {
        response.setContentType(type);
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
}
