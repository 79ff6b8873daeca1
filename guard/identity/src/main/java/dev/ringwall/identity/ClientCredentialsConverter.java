package dev.ringwall.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2ClientCredentialsAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/// Reads a client credentials request. A client that names no scope asks for all that its role may do.
final class ClientCredentialsConverter implements AuthenticationConverter {

    private final OAuth2ClientCredentialsAuthenticationConverter engine =
            new OAuth2ClientCredentialsAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        return engine.convert(request) instanceof OAuth2ClientCredentialsAuthenticationToken asked
                        && asked.getPrincipal() instanceof OAuth2ClientAuthenticationToken client
                        && client.getRegisteredClient() != null
                ? new OAuth2ClientCredentialsAuthenticationToken(
                        client,
                        asked.getScopes().isEmpty()
                                ? client.getRegisteredClient().getScopes()
                                : asked.getScopes(),
                        asked.getAdditionalParameters())
                : null;
    }
}
