package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Lets clients that can keep no secret refresh and revoke their own tokens, push authorization requests, and ask for a device. They prove nothing but
/// that they hold the token, which is why each refresh token is good once (RFC 9700 §4.14.2). The engine knows such clients only where they buy tokens with a code.
final class PublicClients implements AuthenticationConverter, AuthenticationProvider {

    private static final Set<String> GRANTS =
            Set.of(
                    AuthorizationGrantType.REFRESH_TOKEN.getValue(),
                    AuthorizationGrantType.DEVICE_CODE.getValue());

    private final Clients clients;

    PublicClients(Clients clients) {
        this.clients = clients;
    }

    /// A client that says who it is and proves nothing.
    static final class Claim extends OAuth2ClientAuthenticationToken {
        Claim(String clientId) {
            super(clientId, ClientAuthenticationMethod.NONE, null, Map.of());
        }
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        boolean refreshes =
                request.getRequestURI().equals(Paths.TOKEN)
                        && GRANTS.contains(String.valueOf(request.getParameter("grant_type")));
        boolean revokes = request.getRequestURI().equals(Paths.REVOKE);
        boolean pushes = request.getRequestURI().equals(Paths.PAR);
        String[] ids = request.getParameterValues("client_id");
        if ((!refreshes && !revokes && !pushes)
                || ids == null
                || request.getHeader("Authorization") != null
                || request.getParameter("client_secret") != null
                || request.getParameter("client_assertion") != null) {
            return null;
        }
        if (ids.length != 1) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return new Claim(ids[0]);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        if (!(authentication instanceof Claim claim)) {
            return null;
        }
        RegisteredClient client = clients.findByClientId(claim.getPrincipal().toString());
        if (client == null
                || !client.getClientAuthenticationMethods()
                        .contains(ClientAuthenticationMethod.NONE)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
