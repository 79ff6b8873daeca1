package dev.ringwall.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.ringwall.model.Client;
import jakarta.servlet.http.HttpServletRequest;
import java.text.ParseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.jwt.DPoPProofContext;
import org.springframework.security.oauth2.jwt.DPoPProofJwtDecoderFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

/// To which key a token is bound: that of the proof which came with the request for it (RFC 9449 §5), which the engine has checked. What
/// was bound once stays bound to the same key, so that a refresh token is as hard to use for a thief as the access token.
final class KeyBinding {

    /// Those that the door takes; a token bound to a key of another kind would open nothing.
    static final List<String> ALGORITHMS = List.of("ES256", "PS256");

    private static final DPoPProofJwtDecoderFactory PROOFS = new DPoPProofJwtDecoderFactory();

    private KeyBinding() {}

    /// The value of `cnf`; empty when the token is its bearer's.
    ///
    /// @throws OAuth2AuthenticationException when another key was asked for before, or none is proved where one was
    static Map<String, Object> confirmation(OAuth2TokenContext context) {
        Jwt proof = context.get(OAuth2TokenContext.DPOP_PROOF_KEY);
        Optional<String> proved = proof == null ? Optional.empty() : Optional.of(thumbprint(proof));
        Optional<String> wanted = wanted(context);
        if (wanted.isPresent() && !wanted.equals(proved)) {
            throw refused("the proof is not by the key that this was bound to");
        }
        if (proved.isEmpty()
                && ClientForm.keepsTo(context.getRegisteredClient(), Client.Profile.FAPI_2)) {
            throw refused(
                    "tokens of this client are bound to a key, and no proof came with the request");
        }
        return proved.<Map<String, Object>>map(key -> Map.of("jkt", key)).orElse(Map.of());
    }

    /// The key that a pushed request is bound to by the proof which came with it (RFC 9449 §10.1): its code buys nothing without that key.
    /// Empty when none came.
    ///
    /// @throws OAuth2AuthenticationException when it proves nothing, or another key than the request names
    static Optional<String> pushed(HttpServletRequest request, @Nullable String named) {
        List<String> proofs = Collections.list(request.getHeaders("DPoP"));
        if (proofs.isEmpty()) {
            return Optional.empty();
        }
        if (proofs.size() > 1) {
            throw refused("there is more than one proof");
        }
        String key;
        try {
            DPoPProofContext context =
                    DPoPProofContext.withDPoPProof(proofs.getFirst())
                            .method(request.getMethod())
                            .targetUri(request.getRequestURL().toString())
                            .build();
            key = thumbprint(PROOFS.createDecoder(context).decode(proofs.getFirst()));
        } catch (JwtException | IllegalArgumentException unusable) {
            throw refused("the proof proves nothing");
        }
        if (named != null && !named.equals(key)) {
            throw refused("the proof is not by the key that dpop_jkt names");
        }
        return Optional.of(key);
    }

    /// Whether a token with those claims is bound to a key.
    static boolean bound(Map<String, Object> claims) {
        return claims.containsKey("cnf");
    }

    private static Optional<String> wanted(OAuth2TokenContext context) {
        OAuth2Authorization before = context.getAuthorization();
        if (before == null) {
            return Optional.empty();
        }
        AuthorizationGrantType grant = context.getAuthorizationGrantType();
        if (AuthorizationGrantType.REFRESH_TOKEN.equals(grant)) {
            return Optional.ofNullable(before.getAccessToken())
                    .map(OAuth2Authorization.Token::getClaims)
                    .flatMap(claims -> text(claims.get("cnf"), "jkt"));
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

    @SuppressWarnings("unchecked")
    private static String thumbprint(Jwt proof) {
        if (!ALGORITHMS.contains(String.valueOf(proof.getHeaders().get("alg")))) {
            throw refused("the proof's algorithm is not one of " + ALGORITHMS);
        }
        try {
            return JWK.parse((Map<String, Object>) proof.getHeaders().get("jwk"))
                    .computeThumbprint()
                    .toString();
        } catch (ParseException | JOSEException | ClassCastException unusable) {
            throw refused("the proof has no usable key");
        }
    }

    private static OAuth2AuthenticationException refused(String why) {
        return new OAuth2AuthenticationException(new OAuth2Error("invalid_dpop_proof", why, null));
    }
}
