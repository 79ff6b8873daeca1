package dev.ringwall.identity;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Where a code may be sent: to an address that is registered, letter for letter (RFC 9700 §2.1). Only the port of a loopback address
/// is free (RFC 8252 §7.3).
final class RedirectRule implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    private static final String LOOPBACK = "http://127.0.0.1";
    private static final Pattern PORT =
            Pattern.compile("^http://127\\.0\\.0\\.1:[1-9][0-9]{0,4}(?=/)");

    /// Whether the client may be sent there.
    static boolean allows(RegisteredClient client, @Nullable String asked) {
        if (asked == null) {
            return false;
        }
        return client.getRedirectUris().contains(asked)
                || client.getRedirectUris().contains(PORT.matcher(asked).replaceFirst(LOOPBACK));
    }

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        if (!allows(context.getRegisteredClient(), request.getRedirectUri())) {
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(
                    new OAuth2Error(
                            OAuth2ErrorCodes.INVALID_REQUEST,
                            "redirect_uri is not registered for this client",
                            null),
                    null);
        }
    }
}
