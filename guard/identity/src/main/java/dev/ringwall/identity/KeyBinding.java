package dev.ringwall.identity;

import dev.ringwall.model.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

/// To what a token is bound: to the key of the proof which came with the request for it (RFC 9449 §5), or to
/// the certificate that the caller showed (RFC 8705 §3), where the client is known by one or keeps to a profile that asks for either. What
/// was bound once stays bound to the same key, so that a refresh token is as hard to use for a thief as the access token.
final class KeyBinding {

    private static final String KEY = "jkt";
    private static final String CERTIFICATE = "x5t#S256";

    private final Proofs proofs;

    KeyBinding(Proofs proofs) {
        this.proofs = proofs;
    }

    /// The value of `cnf`; empty when the token is its bearer's.
    ///
    /// @throws OAuth2AuthenticationException when another key was asked for before, or none is proved where one was
    Map<String, Object> confirmation(OAuth2TokenContext context) {
        Optional<String> key = Proofs.shown().map(proofs::spent);
        Optional<String> certificate =
                CallerCertificate.current().map(CallerCertificate::thumbprint);
        RegisteredClient client = context.getRegisteredClient();
        Optional<String> wanted = wanted(context);
        if (wanted.isPresent() && !wanted.equals(key)) {
            throw Proofs.refused("the proof is not by the key that this was bound to");
        }
        if (wanted.isEmpty() && mustShowCertificate(context, client)) {
            return Map.of(CERTIFICATE, certificate(context, client, certificate));
        }
        if (key.isPresent()) {
            return Map.of(KEY, key.get());
        }
        if (AdministrationClient.is(client)) {
            throw Proofs.refused(
                    "tokens of this client are bound to a key, and no proof came with the request");
        }
        boolean fapi = ClientForm.keepsTo(client, Client.Profile.FAPI_2);
        if (fapi && certificate.isEmpty()) {
            throw Proofs.refused(
                    "tokens of this client are bound to a key or a certificate, and neither came with the request");
        }
        return fapi ? Map.of(CERTIFICATE, certificate.orElseThrow()) : Map.of();
    }

    /// Whether it was bound to a certificate before, or the client has nothing else to be known by. A proof that comes besides changes
    /// nothing where it was: who stole what is bound to a certificate has keys enough.
    private static boolean mustShowCertificate(
            OAuth2TokenContext context, RegisteredClient client) {
        return before(context, CERTIFICATE).isPresent()
                || (ClientForm.provesByCertificate(client) && Proofs.shown().isEmpty());
    }

    /// A client that proves itself by certificates may come with another one of its own; where it proves itself otherwise it is the same one
    /// (RFC 8705 §6.3, §7.1).
    private static String certificate(
            OAuth2TokenContext context, RegisteredClient client, Optional<String> shown) {
        Optional<String> before = before(context, CERTIFICATE);
        if (shown.isEmpty()
                || (before.isPresent()
                        && !ClientForm.provesByCertificate(client)
                        && !before.equals(shown))) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error(
                            OAuth2ErrorCodes.INVALID_GRANT,
                            "the certificate that this was bound to was not shown",
                            null));
        }
        return shown.get();
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
        return claims == null ? Optional.empty() : text(claims.get("cnf"), KEY);
    }

    /// The certificate that a token with those claims is bound to, by its thumbprint; empty where it is bound to none.
    static Optional<String> certificate(@Nullable Map<String, Object> claims) {
        return claims == null ? Optional.empty() : text(claims.get("cnf"), CERTIFICATE);
    }

    private static Optional<String> wanted(OAuth2TokenContext context) {
        OAuth2Authorization bought = context.getAuthorization();
        if (bought == null
                || AuthorizationGrantType.REFRESH_TOKEN.equals(
                        context.getAuthorizationGrantType())) {
            return before(context, KEY);
        }
        OAuth2AuthorizationRequest asked =
                bought.getAttribute(OAuth2AuthorizationRequest.class.getName());
        return asked == null ? Optional.empty() : text(asked.getAdditionalParameters(), "dpop_jkt");
    }

    /// What the tokens are bound to in whose place new ones are asked for.
    private static Optional<String> before(OAuth2TokenContext context, String kind) {
        OAuth2Authorization bought = context.getAuthorization();
        return bought == null
                        || !AuthorizationGrantType.REFRESH_TOKEN.equals(
                                context.getAuthorizationGrantType())
                ? Optional.empty()
                : Optional.ofNullable(bought.getAccessToken())
                        .map(OAuth2Authorization.Token::getClaims)
                        .flatMap(claims -> text(claims.get("cnf"), kind));
    }

    private static Optional<String> text(@Nullable Object map, String name) {
        return map instanceof Map<?, ?> all && all.get(name) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
