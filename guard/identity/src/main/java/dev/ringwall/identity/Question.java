package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The authorization request that somebody came with, carried along while they sign in (RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 9449 §10,
/// OpenID Connect Core §3.1.2.1). Only the parameters that such a request has are carried; whatever else stood in the address is left behind.
final class Question {

    private static final List<String> NAMES =
            List.of(
                    "response_type",
                    "response_mode",
                    "client_id",
                    "redirect_uri",
                    "scope",
                    "state",
                    "nonce",
                    "code_challenge",
                    "code_challenge_method",
                    "dpop_jkt",
                    "prompt");

    private Question() {}

    /// The parameters as a query; empty where no client asks.
    static String of(HttpServletRequest request) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (String name : NAMES) {
            String value = request.getParameter(name);
            if (value != null) {
                asked.put(name, value);
            }
        }
        return asked.containsKey("client_id") ? "?" + Answers.encoded(asked) : "";
    }
}
