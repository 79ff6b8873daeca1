package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ringwall.testkit.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A proof of a token's key counts once at all gateways of a system together, by a real Redis, and is tied to one gateway while that is away.
class SharedProofsTest {

    private static final ECKey KEY = Tokens.newKey("caller");
    private static final Duration SETTLED =
            DpopProofs.LIFETIME.plus(DpopProofs.SKEW).plusSeconds(1);

    private RedisServer redis;
    private World one;
    private World two;

    @BeforeEach
    void begin() throws Exception {
        if (!RedisServer.installed()) {
            System.err.println(
                    "LOUD: there is no redis-server here, so gateways are not tried together");
        }
        assumeTrue(RedisServer.installed(), "redis-server is missing");
        redis = RedisServer.start();
        String yaml = Shop.YAML + "counters: { redis: \"" + redis.uri() + "\" }\n";
        one = World.of(yaml);
        two = World.of(yaml);
        awaitTogether();
    }

    @AfterEach
    void end() {
        if (redis != null) {
            one.close();
            two.close();
            redis.close();
        }
    }

    private void awaitTogether() throws InterruptedException {
        for (World each : new World[] {one, two}) {
            World.await(() -> each.plane.countsTogether().equals(Optional.of(true)));
        }
    }

    private void settle() {
        one.clock.advance(SETTLED);
        two.clock.advance(SETTLED);
    }

    /// A token that both gateways take: they share their issuer's keys as those of one system do.
    private String token() throws JOSEException {
        two.apply(old ->
                new Snapshot(
                        old.number() + 1,
                        old.blueprint(),
                        old.policy(),
                        old.issuer(),
                        old.audience(),
                        one.tokens.jwks(),
                        old.keys(),
                        old.revoked(),
                        old.endpoints()));
        return one.tokens.sign(
                one.tokens
                        .claims("ana", "shopper", "orders.place")
                        .claim("cnf", Map.of("jkt", KEY.computeThumbprint().toString()))
                        .build());
    }

    private String proof(String token, @Nullable String nonce) throws Exception {
        byte[] hash =
                MessageDigest.getInstance("SHA-256")
                        .digest(token.getBytes(StandardCharsets.US_ASCII));
        SignedJWT proof =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(new JOSEObjectType("dpop+jwt"))
                                .jwk(KEY.toPublicJWK())
                                .build(),
                        new JWTClaimsSet.Builder()
                                .jwtID(UUID.randomUUID().toString())
                                .claim("htm", "POST")
                                .claim("htu", Tokens.AUDIENCE + "/orders")
                                .claim("ath", Base64URL.encode(hash).toString())
                                .claim("nonce", nonce)
                                .issueTime(Date.from(one.clock.instant()))
                                .build());
        proof.sign(new ECDSASigner(KEY));
        return proof.serialize();
    }

    private static Wire.Reply place(World at, String token, String proof) throws IOException {
        return at.post("/orders", "{}", "Authorization: DPoP " + token, "DPoP: " + proof);
    }

    private static String nonce(Wire.Reply challenged) {
        assertThat(challenged.status()).isEqualTo(401);
        assertThat(challenged.reason()).isEqualTo("proof-nonce-missing");
        assertThat(challenged.headers().get("www-authenticate"))
                .startsWith("DPoP ")
                .contains("error=\"use_dpop_nonce\"");
        return Objects.requireNonNull(challenged.headers().get("dpop-nonce"));
    }

    @Test
    void aProofThatWasUsedAtOneGatewayIsUsedAtTheOther() throws Exception {
        settle();
        String token = token();
        String proof = proof(token, null);

        assertThat(place(one, token, proof).status()).isEqualTo(200);

        assertThat(place(two, token, proof).reason()).isEqualTo("proof-replayed");
        assertThat(place(one, token, proof).reason()).isEqualTo("proof-replayed");
        assertThat(place(two, token, proof(token, null)).status()).isEqualTo(200);
    }

    @Test
    void withTheRedisAwayAProofIsGoodAtTheGatewayThatAskedForIt() throws Exception {
        settle();
        String token = token();
        redis.kill();
        World.await(() -> one.plane.countsTogether().equals(Optional.of(false)));
        World.await(() -> two.plane.countsTogether().equals(Optional.of(false)));

        String nonce = nonce(place(one, token, proof(token, null)));
        String named = proof(token, nonce);

        assertThat(place(one, token, named).status()).isEqualTo(200);
        assertThat(place(one, token, named).reason()).isEqualTo("proof-replayed");
        assertThat(nonce(place(two, token, named))).isNotEqualTo(nonce);
        assertThat(place(two, token, proof(token, "made up")).reason())
                .isEqualTo("proof-nonce-missing");
    }

    @Test
    void aGoodAnswerNamesTheNextNonceBeforeTheOldOneIsTakenNoMore() throws Exception {
        settle();
        String token = token();
        redis.kill();
        World.await(() -> one.plane.countsTogether().equals(Optional.of(false)));
        String nonce = nonce(place(one, token, proof(token, null)));
        assertThat(place(one, token, proof(token, nonce)).headers())
                .doesNotContainKey("dpop-nonce");

        one.clock.advance(DpopNonces.REPLACED_EVERY);
        Wire.Reply placed = place(one, token, proof(token, nonce));
        String next = placed.headers().get("dpop-nonce");

        assertThat(placed.status()).isEqualTo(200);
        assertThat(next).isNotNull().isNotEqualTo(nonce);
        one.clock.advance(DpopNonces.REPLACED_EVERY.dividedBy(2));
        Wire.Reply again = place(one, token, proof(token, next));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.headers()).doesNotContainKey("dpop-nonce");
    }

    @Test
    void aRedisThatCameBackMayHaveForgottenAndIsNotBelievedForTheTimeThatCounts() throws Exception {
        settle();
        String token = token();
        String used = proof(token, null);
        assertThat(place(one, token, used).status()).isEqualTo(200);
        redis.kill();
        World.await(() -> one.plane.countsTogether().equals(Optional.of(false)));
        World.await(() -> two.plane.countsTogether().equals(Optional.of(false)));
        redis.startAgain();
        awaitTogether();

        String nonce = nonce(place(two, token, used));
        assertThat(place(two, token, proof(token, nonce)).status()).isEqualTo(200);
        assertThat(nonce(place(one, token, proof(token, nonce))))
                .as("one gateway's nonce is no other's, also where the Redis is back")
                .isNotEqualTo(nonce);

        settle();
        assertThat(place(two, token, proof(token, null)).status()).isEqualTo(200);
    }

    @Test
    void aNonceIsGoodForTwoMinutesAtMost() {
        DpopNonces nonces = new DpopNonces();
        var now = java.time.Instant.parse("2026-01-01T00:00:00Z");
        String first = nonces.current(now);
        assertThat(nonces.knows(first, now.plusSeconds(59))).isTrue();
        String second = nonces.current(now.plusSeconds(60));
        assertThat(second).isNotEqualTo(first);
        assertThat(nonces.knows(first, now.plusSeconds(119))).isTrue();
        assertThat(nonces.knows(first, now.plusSeconds(121))).isFalse();

        String third = nonces.current(now.plusSeconds(600));
        assertThat(nonces.knows(second, now.plusSeconds(600))).as("nobody came").isFalse();
        assertThat(nonces.knows(third, now.plusSeconds(600))).isTrue();
    }
}
