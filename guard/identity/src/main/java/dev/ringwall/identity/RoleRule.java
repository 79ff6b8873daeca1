package dev.ringwall.identity;

import dev.ringwall.people.SignedIn;
import java.util.function.Consumer;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/// Who may use a client: those who hold one of the roles that it is declared for. Others are sent back with `access_denied` rather than
/// with a token that opens nothing.
final class RoleRule implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        if (request.getPrincipal() instanceof SignedIn person
                && !mayUse(context.getRegisteredClient(), person)) {
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(
                    new OAuth2Error(
                            OAuth2ErrorCodes.ACCESS_DENIED,
                            "this account has no role that the application is for",
                            null),
                    request);
        }
    }

    /// Whether the person holds a role that counts there. A client that is not declared is for everyone, but for the one that administers.
    static boolean mayUse(RegisteredClient client, SignedIn person) {
        if (AdministrationClient.is(client)) {
            return AdministrationClient.mayUse(client, person);
        }
        return ClientForm.declared(client).isEmpty()
                || !ClientForm.counting(client, person.account().roles()).isEmpty();
    }
}
