package dev.ringwall.admin;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// What is answered.
///
/// @param type    of the body; `` where there is none
/// @param headers beside that
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record AdminAnswer(int status, String type, Map<String, String> headers, byte[] body) {

    static final String JSON = "application/json";
    static final String SCIM = "application/scim+json";
    static final String PROBLEM = "application/problem+json";

    public AdminAnswer {
        headers = Map.copyOf(headers);
    }

    static AdminAnswer of(int status, String type, Object json) {
        return new AdminAnswer(status, type, Map.of(), StrictJson.JSON.writeValueAsBytes(json));
    }

    static AdminAnswer text(String type, String text) {
        return new AdminAnswer(200, type, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    static AdminAnswer nothing() {
        return new AdminAnswer(204, "", Map.of(), new byte[0]);
    }

    AdminAnswer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new AdminAnswer(status, type, more, body);
    }
}
