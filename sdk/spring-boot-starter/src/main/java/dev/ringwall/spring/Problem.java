package dev.ringwall.spring;

import dev.ringwall.spring.Verdict.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Answers a refusal as `application/problem+json` (RFC 9457 §3).
final class Problem {

    private Problem() {}

    /// Every text in a refusal is one of ours and needs no escaping.
    static void answer(HttpServletResponse response, Refused refused) throws IOException {
        byte[] body =
                "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(refused.reason(), refused.status(), refused.detail())
                        .getBytes(StandardCharsets.UTF_8);
        response.setStatus(refused.status());
        response.setContentType("application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (refused.status() == Refused.UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
