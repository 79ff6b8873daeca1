package dev.ringwall.identity;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

/// For what a client may want a token (RFC 8707): for the door, which is the one resource that there is. A client that wants one for
/// something else gets none, rather than one that it could be made to send there.
final class ResourceRule implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    static final String PARAMETER = "resource";

    private static final OAuth2Error ELSEWHERE =
            new OAuth2Error("invalid_target", "tokens are for the door of this system alone", null);

    private final String door;

    /// @param door what stands in `aud`
    ResourceRule(String door) {
        this.door = door;
    }

    /// Looks at an authorization request.
    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        if (!ours(request.getAdditionalParameters().get(PARAMETER))) {
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(ELSEWHERE, request);
        }
    }

    /// Looks at a request for tokens.
    ///
    /// @throws OAuth2AuthenticationException when it wants them for something else
    void check(OAuth2TokenContext context) {
        if (context.getAuthorizationGrant()
                        instanceof OAuth2AuthorizationGrantAuthenticationToken grant
                && !ours(grant.getAdditionalParameters().get(PARAMETER))) {
            throw new OAuth2AuthenticationException(ELSEWHERE);
        }
    }

    private boolean ours(@Nullable Object resources) {
        return switch (resources) {
            case null -> true;
            case String one -> ours(one);
            case String[] many -> List.of(many).stream().allMatch(this::ours);
            default -> false;
        };
    }

    /// An empty path and `/` are the same place (RFC 3986 §6.2.3).
    private boolean ours(String resource) {
        return resource.equals(door) || resource.equals(door + "/");
    }
}
