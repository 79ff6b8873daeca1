package dev.ringwall.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.model.SigningAlgorithm;
import dev.ringwall.people.Signatures;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/// An ID token that a client shows again, to say of whom it speaks (OpenID Connect RP-Initiated Logout 1.0 §2 `id_token_hint`). Its time
/// may be up, since it opens nothing; but this provider must have signed it, for one client.
///
/// @param client  whom it was given to
/// @param subject whom it is about
record IdTokenHint(String client, String subject) {

    static final int CHARACTERS_MAX = 4 * 1024;

    /// Reads one.
    ///
    /// @param keys the published keys of the provider; what older ones have signed is not known any more
    static Optional<IdTokenHint> read(String text, String issuer, String keys) {
        if (text.length() > CHARACTERS_MAX) {
            return Optional.empty();
        }
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            boolean idToken =
                    token.getHeader().getType() != null
                            && token.getHeader().getType().getType().equals("JWT");
            if (!idToken || !signed(token, keys) || !issuer.equals(claims.getIssuer())) {
                return Optional.empty();
            }
            List<String> audience = claims.getAudience();
            return audience.size() == 1 && claims.getSubject() != null
                    ? Optional.of(new IdTokenHint(audience.getFirst(), claims.getSubject()))
                    : Optional.empty();
        } catch (ParseException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean signed(SignedJWT token, String keys) throws ParseException {
        String kid = token.getHeader().getKeyID();
        JWK key = kid == null ? null : JWKSet.parse(keys).getKeyByKeyId(kid);
        return key != null
                && SigningAlgorithm.of(token.getHeader().getAlgorithm().getName())
                        .filter(algorithm -> Signatures.by(key, algorithm, token))
                        .isPresent();
    }
}
