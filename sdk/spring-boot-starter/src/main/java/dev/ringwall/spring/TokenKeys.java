package dev.ringwall.spring;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Which of the issuer's keys may have signed a token: those of the kind that its algorithm has, ES256, PS256 or EdDSA (Ed25519). Nimbus knows
/// the first two.
final class TokenKeys implements JWSKeySelector<SecurityContext> {

    private final JWKSource<SecurityContext> keys;
    private final JWSVerificationKeySelector<SecurityContext> known;

    TokenKeys(JWKSource<SecurityContext> keys) {
        this.keys = keys;
        this.known =
                new JWSVerificationKeySelector<>(
                        Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256), keys);
    }

    @Override
    public List<? extends Key> selectJWSKeys(JWSHeader header, SecurityContext context)
            throws KeySourceException {
        if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm())) {
            return known.selectJWSKeys(header, context);
        }
        List<Key> found = new ArrayList<>();
        JWKSelector wanted = new JWKSelector(JWKMatcher.forJWSHeader(header));
        for (JWK key : keys.get(wanted, context)) {
            if (key instanceof OctetKeyPair half) {
                Ed25519.publicKey(half).ifPresent(found::add);
            }
        }
        return found;
    }
}
