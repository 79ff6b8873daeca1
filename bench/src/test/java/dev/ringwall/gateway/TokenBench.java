package dev.ringwall.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// An access token when it is seen for the first time, and when it is known.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenBench {

    private static final String ISSUER = "https://localhost/auth";
    private static final String AUDIENCE = "https://localhost";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private AccessTokens tokens;
    private String token;
    private char[] characters;

    @Setup
    public void sign() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        SignedJWT signed =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID("one")
                                .build(),
                        new JWTClaimsSet.Builder()
                                .issuer(ISSUER)
                                .audience(AUDIENCE)
                                .subject("ana")
                                .claim("client_id", "storefront")
                                .claim("roles", List.of("reader"))
                                .claim("scope", "items.find")
                                .issueTime(Date.from(NOW))
                                .expirationTime(Date.from(NOW.plusSeconds(300)))
                                .build());
        signed.sign(new ECDSASigner(key));
        token = signed.serialize();
        characters = token.toCharArray();
        tokens =
                new AccessTokens(
                        ISSUER, AUDIENCE, new JWKSet(key).toString(true), SealedCallers.none());
        if (!(seenForTheFirstTime() instanceof AccessTokens.Checked.Good)) {
            throw new IllegalStateException("it does not measure what it says");
        }
    }

    @Benchmark
    public Object seenForTheFirstTime() {
        return tokens.check(token, NOW);
    }

    /// A new text each time, as it comes off the wire: its hash is not known yet.
    @Benchmark
    public Object known() {
        return tokens.known(new String(characters), NOW);
    }
}
