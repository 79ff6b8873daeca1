package dev.ringwall.identity;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.oauth2.server.authorization.token.DefaultOAuth2TokenContext;

/// Makes the tokens of grants that the engine does not know, as the engine does for its own.
final class Issuing {

    private final Families families;
    private final TokenMint mint;

    Issuing(Families families, TokenMint mint) {
        this.families = families;
        this.mint = mint;
    }

    /// What is to be given.
    ///
    /// @param asked  the scopes that were asked for, which a refresh looks at again
    /// @param worth  what they are worth now
    /// @param renews whether a refresh token is given too
    /// @param delegation where the client acts for the subject
    record Wish(
            RegisteredClient client,
            Authentication clientPrincipal,
            Authentication subject,
            OAuth2AuthorizationGrantAuthenticationToken grant,
            Set<String> asked,
            Set<String> worth,
            boolean renews,
            @Nullable Delegation delegation) {
        Wish {
            asked = Set.copyOf(asked);
            worth = Set.copyOf(worth);
        }
    }

    /// The answer, and what is to be kept of it.
    record Made(OAuth2AccessTokenAuthenticationToken answer, OAuth2Authorization bought) {

        /// The answer, which says one thing more.
        OAuth2AccessTokenAuthenticationToken answer(String name, String value) {
            Map<String, Object> more = new HashMap<>(answer.getAdditionalParameters());
            more.put(name, value);
            return new OAuth2AccessTokenAuthenticationToken(
                    answer.getRegisteredClient(),
                    (Authentication) answer.getPrincipal(),
                    answer.getAccessToken(),
                    answer.getRefreshToken(),
                    more);
        }
    }

    /// Makes them, and keeps nothing yet.
    Made make(Wish wish) {
        OAuth2Authorization.Builder bought =
                OAuth2Authorization.withRegisteredClient(wish.client())
                        .principalName(wish.subject().getName())
                        .authorizationGrantType(wish.grant().getGrantType())
                        .authorizedScopes(wish.asked())
                        .attribute(java.security.Principal.class.getName(), wish.subject());
        Jwt access = (Jwt) made(wish, bought.build(), OAuth2TokenType.ACCESS_TOKEN);
        OAuth2AccessToken token =
                new OAuth2AccessToken(
                        KeyBinding.key(access.getClaims()).isPresent()
                                ? OAuth2AccessToken.TokenType.DPOP
                                : OAuth2AccessToken.TokenType.BEARER,
                        access.getTokenValue(),
                        access.getIssuedAt(),
                        access.getExpiresAt(),
                        wish.worth());
        bought.token(
                token,
                metadata ->
                        metadata.put(
                                OAuth2Authorization.Token.CLAIMS_METADATA_NAME,
                                access.getClaims()));
        OAuth2RefreshToken refresh =
                wish.renews()
                        ? (OAuth2RefreshToken)
                                made(wish, bought.build(), OAuth2TokenType.REFRESH_TOKEN)
                        : null;
        if (refresh != null) {
            bought.refreshToken(refresh);
        }
        Map<String, Object> more = new HashMap<>();
        if (wish.renews() && wish.worth().contains(Clients.OPENID)) {
            Jwt id =
                    (Jwt)
                            made(
                                    wish,
                                    bought.build(),
                                    new OAuth2TokenType(OidcParameterNames.ID_TOKEN));
            more.put(OidcParameterNames.ID_TOKEN, id.getTokenValue());
            bought.token(
                    new OidcIdToken(
                            id.getTokenValue(),
                            id.getIssuedAt(),
                            id.getExpiresAt(),
                            id.getClaims()));
        }
        return new Made(
                new OAuth2AccessTokenAuthenticationToken(
                        wish.client(), wish.clientPrincipal(), token, refresh, more),
                bought.build());
    }

    /// Keeps what was made.
    void keep(Made made) {
        families.save(made.bought());
    }

    private OAuth2Token made(Wish wish, OAuth2Authorization bought, OAuth2TokenType type) {
        DefaultOAuth2TokenContext.Builder context =
                DefaultOAuth2TokenContext.builder()
                        .registeredClient(wish.client())
                        .principal(wish.subject())
                        .authorizationServerContext(AuthorizationServerContextHolder.getContext())
                        .authorization(bought)
                        .authorizedScopes(wish.worth())
                        .tokenType(type)
                        .authorizationGrantType(wish.grant().getGrantType())
                        .authorizationGrant(wish.grant());
        if (wish.delegation() != null) {
            context.put(Delegation.class, wish.delegation());
        }
        OAuth2Token token = mint.generate(context.build());
        if (token == null) {
            throw new IllegalStateException("no " + type.getValue() + " was made");
        }
        return token;
    }
}
