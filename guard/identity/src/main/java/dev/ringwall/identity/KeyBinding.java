package dev.ringwall.identity;

import dev.ringwall.model.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

/// To which key a token is bound: that of the proof which came with the request for it (RFC 9449 §5), which the engine has checked. What
/// was bound once stays bound to the same key, so that a refresh token is as hard to use for a thief as the access token.
final class KeyBinding {

    private final Proofs proofs;

    KeyBinding(Proofs proofs) {
        this.proofs = proofs;
    }

    /// The value of `cnf`; empty when the token is its bearer's.
    ///
    /// @throws OAuth2AuthenticationException when another key was asked for before, or none is proved where one was
    Map<String, Object> confirmation(OAuth2TokenContext context) {
        Jwt proof = context.get(OAuth2TokenContext.DPOP_PROOF_KEY);
        Optional<String> proved =
                proof == null ? Optional.empty() : Optional.of(proofs.spent(proof));
        Optional<String> wanted = wanted(context);
        if (wanted.isPresent() && !wanted.equals(proved)) {
            throw Proofs.refused("the proof is not by the key that this was bound to");
        }
        if (proved.isEmpty()
                && ClientForm.keepsTo(context.getRegisteredClient(), Client.Profile.FAPI_2)) {
            throw Proofs.refused(
                    "tokens of this client are bound to a key, and no proof came with the request");
        }
        return proved.<Map<String, Object>>map(key -> Map.of("jkt", key)).orElse(Map.of());
    }

    /// The key that a pushed request is bound to by the proof which came with it (RFC 9449 §10.1): its code buys nothing without that key.
    /// Empty when none came.
    ///
    /// @throws OAuth2AuthenticationException when it proves nothing, or another key than the request names
    Optional<String> pushed(HttpServletRequest request, @Nullable String named) {
        if (!Proofs.came(request)) {
            return Optional.empty();
        }
        String key = proofs.key(request);
        if (named != null && !named.equals(key)) {
            throw Proofs.refused("the proof is not by the key that dpop_jkt names");
        }
        return Optional.of(key);
    }

    /// The key that a token with those claims is bound to; empty where it is bound to none.
    static Optional<String> key(@Nullable Map<String, Object> claims) {
        return claims == null ? Optional.empty() : text(claims.get("cnf"), "jkt");
    }

    private static Optional<String> wanted(OAuth2TokenContext context) {
        OAuth2Authorization before = context.getAuthorization();
        if (before == null) {
            return Optional.empty();
        }
        AuthorizationGrantType grant = context.getAuthorizationGrantType();
        if (AuthorizationGrantType.REFRESH_TOKEN.equals(grant)) {
            return Optional.ofNullable(before.getAccessToken())
                    .flatMap(token -> key(token.getClaims()));
        }
        OAuth2AuthorizationRequest asked =
                before.getAttribute(OAuth2AuthorizationRequest.class.getName());
        return asked == null ? Optional.empty() : text(asked.getAdditionalParameters(), "dpop_jkt");
    }

    private static Optional<String> text(@Nullable Object map, String name) {
        return map instanceof Map<?, ?> all && all.get(name) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
