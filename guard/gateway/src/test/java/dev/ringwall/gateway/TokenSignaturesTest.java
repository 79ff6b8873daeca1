package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.testkit.HandClock;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Access tokens in each algorithm, and what does not become a token by saying another one than its key has (RFC 8725 §2.1, §3.1).
class TokenSignaturesTest {

    private static final HandClock CLOCK = HandClock.atPresent();
    private static final Tokens TOKENS = new Tokens(CLOCK);
    private static final EdKey ED = new EdKey("ed");
    private static ECKey curve;
    private static RSAKey pss;
    private static RSAKey old;
    private static AccessTokens door;

    @BeforeAll
    static void keys() throws JOSEException {
        curve = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        pss = new RSAKeyGenerator(2048).keyID("pss").algorithm(JWSAlgorithm.PS256).generate();
        old = new RSAKeyGenerator(2048).keyID("old").algorithm(JWSAlgorithm.RS256).generate();
        door = with(curve, pss, old, ED.publicJwk());
    }

    private static AccessTokens with(JWK... keys) {
        return new AccessTokens(
                Tokens.ISSUER,
                Tokens.AUDIENCE,
                new JWKSet(List.of(keys)).toString(true),
                SealedCallers.none());
    }

    private static String token(JWSAlgorithm algorithm, String kid, JWSSigner signer)
            throws JOSEException {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(algorithm)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID(kid)
                                .build(),
                        TOKENS.claims("ana", "shopper", "orders.place").build());
        token.sign(signer);
        return token.serialize();
    }

    private static void opens(String token) {
        assertThat(door.check(token, CLOCK.instant()))
                .isInstanceOf(AccessTokens.Checked.Good.class);
        assertThat(door.known(token, CLOCK.instant()))
                .isInstanceOf(AccessTokens.Checked.Good.class);
    }

    private static void isRefused(String token) {
        isRefused(door, token);
    }

    private static void isRefused(AccessTokens by, String token) {
        assertThat(by.check(token, CLOCK.instant())).isInstanceOf(AccessTokens.Checked.Bad.class);
        assertThat(by.known(token, CLOCK.instant())).isNull();
    }

    @Test
    void eachAlgorithmOfAccessTokensOpens() throws JOSEException {
        opens(token(JWSAlgorithm.ES256, "ec", new ECDSASigner(curve)));
        opens(token(JWSAlgorithm.PS256, "pss", new RSASSASigner(pss)));
        opens(token(JWSAlgorithm.EdDSA, "ed", ED));
    }

    @Test
    void whatIsThereForOldClientsOpensNothing() throws JOSEException {
        isRefused(token(JWSAlgorithm.RS256, "old", new RSASSASigner(old)));
        isRefused(token(JWSAlgorithm.PS256, "old", new RSASSASigner(old)));
    }

    @Test
    void aKeySignsWithItsOwnAlgorithmAndNoOther() throws JOSEException {
        for (JWSAlgorithm other :
                List.of(
                        JWSAlgorithm.RS256,
                        JWSAlgorithm.RS512,
                        JWSAlgorithm.PS384,
                        JWSAlgorithm.PS512)) {
            isRefused(token(other, "pss", new RSASSASigner(pss)));
        }
    }

    @Test
    void aKeyIsNotReachedByTheNameOfAnotherKind() throws JOSEException {
        isRefused(token(JWSAlgorithm.ES256, "ed", new ECDSASigner(curve)));
        isRefused(token(JWSAlgorithm.ES256, "pss", new ECDSASigner(curve)));
        isRefused(token(JWSAlgorithm.EdDSA, "ec", ED));
        isRefused(token(JWSAlgorithm.PS256, "ec", new RSASSASigner(pss)));
        isRefused(token(JWSAlgorithm.EdDSA, "ed", new EdKey("ed")));
    }

    @Test
    void aPublicKeyIsNoSecretOfAMac() throws JOSEException {
        isRefused(
                token(JWSAlgorithm.HS256, "pss", new MACSigner(pss.toRSAPublicKey().getEncoded())));
        isRefused(token(JWSAlgorithm.HS256, "ed", new MACSigner(ED.publicJwk().getDecodedX())));
        isRefused(
                token(JWSAlgorithm.HS256, "ec", new MACSigner(curve.toECPublicKey().getEncoded())));
    }

    @Test
    void aKeyThatDoesNotSayWhatItIsForOrSaysSomethingElseIsNotUsed() throws JOSEException {
        RSAKey silent = new RSAKey.Builder(pss).algorithm(null).build();
        isRefused(
                with(silent.toPublicJWK()),
                token(JWSAlgorithm.PS256, "pss", new RSASSASigner(pss)));
        ECKey encrypts =
                new ECKey.Builder(curve).keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION).build();
        isRefused(
                with(encrypts.toPublicJWK()),
                token(JWSAlgorithm.ES256, "ec", new ECDSASigner(curve)));
        ECKey another = new ECKey.Builder(curve).algorithm(JWSAlgorithm.ES384).build();
        isRefused(
                with(another.toPublicJWK()),
                token(JWSAlgorithm.ES256, "ec", new ECDSASigner(curve)));
    }
}
