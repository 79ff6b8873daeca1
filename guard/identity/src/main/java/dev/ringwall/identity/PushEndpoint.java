package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2PushedAuthorizationRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Where clients leave an authorization request before they send the browser (RFC 9126 §2). The engine checks the client and its
/// request as it would check them at the front; what passes is kept by [PushedRequests], not by the engine, whose own keeping lets two
/// browsers at once use one request.
final class PushEndpoint {

    /// More than any of our clients says; beyond it somebody fills the disk.
    static final int REQUEST_CHARACTERS_MAX = 8 * 1024;

    private final PushedRequests requests;
    private final KeyBinding binding;

    PushEndpoint(PushedRequests requests, KeyBinding binding) {
        this.requests = requests;
        this.binding = binding;
    }

    /// Keeps a request that the engine has found good, and tells its name.
    ///
    /// @throws OAuth2AuthenticationException when it says that it is another client's, or says too much
    void accepted(HttpServletRequest request, HttpServletResponse response, Authentication good)
            throws IOException {
        String client = ((OAuth2PushedAuthorizationRequestAuthenticationToken) good).getClientId();
        Map<String, String> parameters = new LinkedHashMap<>(Question.parameters(request));
        if (!client.equals(parameters.get("client_id"))) {
            throw refused("client_id is not the client that proved who it is");
        }
        if (Answers.encoded(parameters).length() > REQUEST_CHARACTERS_MAX) {
            throw refused("the request has more than " + REQUEST_CHARACTERS_MAX + " characters");
        }
        binding.pushed(request, parameters.get("dpop_jkt"))
                .ifPresent(key -> parameters.put("dpop_jkt", key));
        String uri = requests.push(client, parameters);
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setHeader("Cache-Control", "no-store");
        Json.send(
                response,
                Map.of(
                        "request_uri",
                        uri,
                        "expires_in",
                        PushedRequests.ARRIVES_WITHIN.toSeconds()));
    }

    /// What the engine's converter takes for no request at all is a bad one.
    static AuthenticationConverter nothing() {
        return _ -> {
            throw refused("response_type is missing");
        };
    }

    private static OAuth2AuthenticationException refused(String why) {
        return new OAuth2AuthenticationException(
                new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST, why, null));
    }

    /// Takes from the engine what it would keep.
    static final class KeptElsewhere implements OAuth2AuthorizationService {
        @Override
        public void save(OAuth2Authorization authorization) {
            // [PushEndpoint#accepted] keeps it.
        }

        @Override
        public void remove(OAuth2Authorization authorization) {
            // There is none.
        }

        @Override
        public @Nullable OAuth2Authorization findById(String id) {
            return null;
        }

        @Override
        public @Nullable OAuth2Authorization findByToken(
                String token, @Nullable OAuth2TokenType type) {
            return null;
        }
    }
}
