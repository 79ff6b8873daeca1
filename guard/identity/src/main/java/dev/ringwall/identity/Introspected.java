package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.http.converter.OAuth2TokenIntrospectionHttpMessageConverter;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Says what a token is worth: as plain JSON (RFC 7662 §2.2), or signed where the client asks for that (RFC 9701 §4), so that it can show later
/// what it was told.
final class Introspected {

    static final String SIGNED = "application/token-introspection+jwt";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TokenMint mint;
    private final OAuth2TokenIntrospectionHttpMessageConverter plain =
            new OAuth2TokenIntrospectionHttpMessageConverter();

    Introspected(TokenMint mint) {
        this.mint = mint;
    }

    /// Answers.
    void answer(HttpServletRequest request, HttpServletResponse response, Authentication known)
            throws IOException {
        OAuth2TokenIntrospectionAuthenticationToken token =
                (OAuth2TokenIntrospectionAuthenticationToken) known;
        Written written = new Written();
        plain.write(token.getTokenClaims(), null, written);
        String json = written.body.toString(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-store");
        if (!wantsSigned(request)) {
            Json.send(response, "application/json;charset=utf-8", json);
            return;
        }
        Map<String, Object> says =
                JSON.readValue(json, new TypeReference<Map<String, Object>>() {});
        String client = ((Authentication) token.getPrincipal()).getName();
        Json.send(response, SIGNED, mint.introspection(client, says));
    }

    private static boolean wantsSigned(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Accept")).stream()
                .anyMatch(accepted -> accepted.toLowerCase(Locale.ROOT).contains(SIGNED));
    }

    /// What the engine's converter writes.
    private static final class Written implements HttpOutputMessage {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final HttpHeaders headers = new HttpHeaders();

        @Override
        public OutputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
