package dev.ringwall.identity;

import com.nimbusds.jwt.JWTParser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.web.authentication.JwtClientAssertionAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Reads a request of a client that proves itself by something signed (RFC 7521 §4.2). Where `client_id` is not said, as it need not be,
/// the signed text says it. A second proof beside it is refused (RFC 6749 §2.3).
final class AssertionConverter implements AuthenticationConverter {

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final JwtClientAssertionAuthenticationConverter engine =
            new JwtClientAssertionAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String assertion = request.getParameter("client_assertion");
        String type = request.getParameter("client_assertion_type");
        if (assertion == null && type == null) {
            return null;
        }
        if (assertion == null || !TYPE.equals(type)) {
            throw refused(OAuth2ErrorCodes.INVALID_CLIENT, "client_assertion_type is not " + TYPE);
        }
        if (request.getHeader("Authorization") != null
                || request.getParameter("client_secret") != null) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST, "there is more than one proof");
        }
        return engine.convert(
                request.getParameter("client_id") == null
                        ? new Saying(request, subject(assertion))
                        : request);
    }

    private static String subject(String assertion) {
        try {
            String subject = JWTParser.parse(assertion).getJWTClaimsSet().getSubject();
            if (subject != null && assertion.length() <= Assertions.CHARACTERS_MAX) {
                return subject;
            }
        } catch (ParseException unreadable) {
            throw refused(OAuth2ErrorCodes.INVALID_CLIENT, "client_assertion is no JWT");
        }
        throw refused(OAuth2ErrorCodes.INVALID_CLIENT, "client_assertion has no usable sub");
    }

    private static OAuth2AuthenticationException refused(String code, String why) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, why, null));
    }

    /// The request with a client_id.
    private static final class Saying extends HttpServletRequestWrapper {
        private final Map<String, String[]> parameters;

        private Saying(HttpServletRequest request, String client) {
            super(request);
            Map<String, String[]> all = new HashMap<>(request.getParameterMap());
            all.put("client_id", new String[] {client});
            this.parameters = Map.copyOf(all);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return parameters;
        }
    }
}
