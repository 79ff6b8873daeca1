package dev.ringwall.identity;

import dev.ringwall.people.SignedIn;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/// Tells a client who signed in, for an access token that was given with `openid` (OpenID Connect Core §5.3).
final class UserInfo extends HttpServlet {

    private static final String BEARER = "Bearer ";

    private final transient Families families;

    UserInfo(Families families) {
        this.families = families;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        doGet(request, response);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "");
            return;
        }
        Optional<OAuth2Authorization> bought =
                Optional.ofNullable(
                        families.findByToken(
                                header.substring(BEARER.length()).strip(),
                                OAuth2TokenType.ACCESS_TOKEN));
        if (bought.filter(UserInfo::active).isEmpty()) {
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, " error=\"invalid_token\"");
            return;
        }
        if (!(bought.get().getAttribute(java.security.Principal.class.getName())
                        instanceof SignedIn person)
                || !bought.get().getAuthorizedScopes().contains(Clients.OPENID)) {
            refuse(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    " error=\"insufficient_scope\", scope=\"openid\"");
            return;
        }
        Json.send(
                response,
                Map.of(
                        "sub",
                        person.account().id(),
                        "preferred_username",
                        person.account().name()));
    }

    /// A token that is bound to a key is no bearer's, and proofs are not read here.
    private static boolean active(OAuth2Authorization bought) {
        OAuth2Authorization.Token<OAuth2AccessToken> token = bought.getAccessToken();
        return token != null
                && token.isActive()
                && (token.getClaims() == null || !KeyBinding.bound(token.getClaims()));
    }

    private static void refuse(HttpServletResponse response, int status, String error) {
        response.setStatus(status);
        response.setHeader("WWW-Authenticate", "Bearer" + error);
    }
}
