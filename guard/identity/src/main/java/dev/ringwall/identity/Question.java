package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The authorization request that somebody came with, carried along while they sign in (RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 9449 §10,
/// OpenID Connect Core §3.1.2.1). Only the parameters that such a request has are carried; whatever else stood in the address is left behind.
final class Question {

    /// Whom the client thinks to be there.
    static final String LOGIN_HINT = "login_hint";

    /// What an authorization request says.
    static final List<String> NAMES =
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
                    "prompt",
                    "max_age",
                    "acr_values",
                    LOGIN_HINT,
                    HintRule.PARAMETER,
                    AskedClaims.PARAMETER,
                    ResourceRule.PARAMETER);

    private Question() {}

    /// The question as a query; empty where no client asks. A question that lies at the server goes by its name alone.
    static String of(HttpServletRequest request) {
        Map<String, String> asked =
                PushedRequests.held(request)
                        .map(pushed -> named(pushed.client(), pushed.uri()))
                        .orElseGet(() -> parameters(request));
        return asked.containsKey("client_id")
                ? "?" + Answers.encoded(asked)
                : device(request)
                        .map(code -> "?" + Answers.encoded(Map.of(DevicePage.CODE, code)))
                        .orElse("");
    }

    /// Where a login leads: back to the question, or to the device that somebody wanted to sign in.
    static String next(HttpServletRequest request) {
        String question = of(request);
        return question.isEmpty()
                ? Paths.ACCOUNT
                : (device(request).isPresent() ? Paths.DEVICE : Paths.AUTHORIZE) + question;
    }

    private static Optional<String> device(HttpServletRequest request) {
        return request.getParameter("client_id") == null
                ? Optional.ofNullable(request.getParameter(DevicePage.CODE))
                : Optional.empty();
    }

    private static Map<String, String> named(String client, String uri) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("client_id", client);
        named.put("request_uri", uri);
        return named;
    }

    /// What the request says, by name.
    static Map<String, String> parameters(HttpServletRequest request) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (String name : NAMES) {
            String value = request.getParameter(name);
            if (value != null) {
                asked.put(name, value);
            }
        }
        return asked;
    }
}
