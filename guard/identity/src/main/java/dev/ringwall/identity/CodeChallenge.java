package dev.ringwall.identity;

import dev.ringwall.people.Secrets;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Who buys with a code must know what its request was made with (RFC 7636 §4.6). The engine looks at that where it finds out who a
/// client is, so whoever finds that out in its place looks here.
final class CodeChallenge {

    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private final Families families;

    CodeChallenge(Families families) {
        this.families = families;
    }

    /// What of the request matters here.
    static Map<String, Object> parameters(HttpServletRequest request) {
        Map<String, Object> parameters = new HashMap<>();
        for (String name : new String[] {"grant_type", "code", "code_verifier"}) {
            String[] values = request.getParameterValues(name);
            if (values != null && values.length == 1) {
                parameters.put(name, values[0]);
            }
        }
        return parameters;
    }

    /// Lets other requests through.
    ///
    /// @throws OAuth2AuthenticationException when it is one with a code, and does not know
    void check(RegisteredClient client, Map<String, Object> parameters) {
        if (!"authorization_code".equals(parameters.get("grant_type"))) {
            return;
        }
        if (!(parameters.get("code") instanceof String code)
                || !(parameters.get("code_verifier") instanceof String verifier)
                || !VERIFIER.matcher(verifier).matches()) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
        OAuth2Authorization bought = families.findByToken(code, new OAuth2TokenType("code"));
        OAuth2AuthorizationRequest asked =
                bought == null
                        ? null
                        : bought.getAttribute(OAuth2AuthorizationRequest.class.getName());
        if (bought == null
                || asked == null
                || !client.getId().equals(bought.getRegisteredClientId())
                || !(asked.getAdditionalParameters().get("code_challenge")
                        instanceof String challenge)
                || !"S256".equals(asked.getAdditionalParameters().get("code_challenge_method"))
                || !Secrets.same(challenge, s256(verifier))) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    /// RFC 7636 §4.2.
    static String s256(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
