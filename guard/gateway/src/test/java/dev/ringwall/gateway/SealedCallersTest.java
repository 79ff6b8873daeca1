package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ringwall.keys.PairwiseKeys;
import dev.ringwall.keys.SealedClaims;
import dev.ringwall.keys.Sealer;
import dev.ringwall.keys.TokenKeys;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.keys.Vault;
import dev.ringwall.model.Reason;
import dev.ringwall.policy.Caller;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens of clients with ids of their own at a gateway: it reads whose they are, and refuses what does not say it.
class SealedCallersTest {

    private static final String CLIENT = "printer";
    private static final Vault VAULT = Vault.under(UnlockSecret.random());

    @TempDir Path folder;

    private final HandClock clock = HandClock.atPresent();
    private final Tokens issuer = new Tokens(clock);
    private final AtomicReference<String> handed = new AtomicReference<>("");
    private PairwiseKeys keys;
    private AccessTokens tokens;

    @BeforeEach
    void start() throws IOException {
        keys = keys(folder);
        handed.set(keys.claims().dangerousJwks());
        tokens = door(AccessTokens.CLAIMS_REMEMBERED_MAX);
    }

    private AccessTokens door(int claimsMax) {
        return new AccessTokens(
                Tokens.ISSUER,
                Tokens.AUDIENCE,
                issuer.jwks(),
                new SealedCallers(
                        Set.of(CLIENT),
                        name ->
                                name.equals(SealedClaims.SECRET) && !handed.get().isEmpty()
                                        ? Optional.of(handed.get().toCharArray())
                                        : Optional.empty()),
                claimsMax);
    }

    private PairwiseKeys keys(Path where) throws IOException {
        if (Sealer.open(where.resolve("seal.json"), VAULT)
                        instanceof Sealer.Opened.Ready(var sealer)
                && PairwiseKeys.open(where, sealer, Duration.ofMinutes(5), clock)
                        instanceof PairwiseKeys.Opened.Ready(PairwiseKeys ready)) {
            return ready;
        }
        throw new AssertionError("no keys");
    }

    private JWTClaimsSet.Builder claims(String jti) {
        return issuer.claims("an id of its own", "shopper", "orders.read")
                .claim("client_id", CLIENT)
                .claim("sid", "a login of its own")
                .jwtID(jti);
    }

    private static String says(String jti, String client) {
        return "{\"sub\":\"ana\",\"sid\":\"s1\",\"jti\":\"%s\",\"client_id\":\"%s\"}"
                .formatted(jti, client);
    }

    private String sealed(String jti) {
        return keys.claims().seal(says(jti, CLIENT));
    }

    private String token(String jti, Object sealed) {
        return issuer.sign(claims(jti).claim(SealedCallers.CLAIM, sealed).build());
    }

    private AccessTokens.Checked check(String token) {
        return tokens.check(token, clock.instant());
    }

    private AccessTokens.Claims good(String token) {
        AccessTokens.Checked checked = check(token);
        assertThat(checked).isInstanceOf(AccessTokens.Checked.Good.class);
        return ((AccessTokens.Checked.Good) checked).claims();
    }

    private void refused(String token, String why) {
        assertThat(check(token))
                .isInstanceOfSatisfying(
                        AccessTokens.Checked.Bad.class,
                        bad -> {
                            assertThat(bad.reason()).isEqualTo(Reason.TOKEN_NOT_OPENED);
                            assertThat(bad.note()).contains(why);
                        });
        assertThat(tokens.known(token, clock.instant())).as("nothing is remembered").isNull();
    }

    @Test
    void theCallerIsTheAccountAndItsLoginCanBeRevoked() {
        AccessTokens.Claims claims = good(token("t1", sealed("t1")));
        assertThat(claims.caller())
                .isEqualTo(
                        new Caller.Person("ana", Set.of("shopper"), Set.of("orders.read"), CLIENT));
        for (Snapshot.Revoked.What what :
                List.of(Snapshot.Revoked.What.SESSION, Snapshot.Revoked.What.SUBJECT)) {
            String value = what == Snapshot.Revoked.What.SESSION ? "s1" : "ana";
            Revocations revocations =
                    new Revocations(
                            List.of(
                                    new Snapshot.Revoked(
                                            what, value, clock.instant().plusSeconds(9))));
            assertThat(revocations.token(claims, clock.instant())).isTrue();
        }
    }

    @Test
    void whatIsSealedIsReadAgainWhereItWasForgotten() {
        tokens = door(1);
        String token = token("t1", sealed("t1"));
        AccessTokens.Claims claims = good(token);
        for (int i = 2; i < 9; i++) {
            good(token("t" + i, sealed("t" + i)));
        }
        assertThat(tokens.known(token, clock.instant()))
                .isEqualTo(new AccessTokens.Checked.Good(claims));
    }

    @Test
    void whatWasSealedInAnotherTokenIsRefused() {
        refused(token("t2", sealed("t1")), "of another token");
        refused(
                issuer.sign(
                        claims("t1")
                                .claim("client_id", "another")
                                .claim(SealedCallers.CLAIM, sealed("t1"))
                                .build()),
                "of another token");
        refused(
                issuer.sign(
                        claims("t1").jwtID(null).claim(SealedCallers.CLAIM, sealed("")).build()),
                "of another token");
        refused(token("t1", keys.claims().seal("{\"jti\":\"t1\"}")), "of another token");
    }

    @Test
    void whatDoesNotOpenIsRefused() throws IOException {
        PairwiseKeys others = keys(folder.resolve("others"));
        refused(token("t1", others.claims().seal(says("t1", CLIENT))), "does not open");
        refused(token("t1", "a.b.c.d.e"), "does not open");
        refused(token("t1", keys.claims().seal("no JSON")), "does not open");
        refused(token("t1", 7), "does not open");
        handed.set("");
        tokens = door(AccessTokens.CLAIMS_REMEMBERED_MAX);
        refused(token("t1", sealed("t1")), "does not open");
        handed.set("no keys");
        refused(token("t1", sealed("t1")), "does not open");
        handed.set(keys.claims().dangerousJwks());
        good(token("t1", sealed("t1")));
    }

    @Test
    void aTokenOfSuchAClientWithoutItIsRefusedAndOneOfAnotherClientIsGood() {
        refused(issuer.sign(claims("t1").build()), "nothing sealed");
        refused(token("t1", ""), "nothing sealed");
        assertThat(good(issuer.of("ben", "shopper", "orders.read")).subject()).isEqualTo("ben");
    }

    @Test
    void aKeyThatIsNotKnownYetIsAskedFor() throws IOException {
        good(token("t1", sealed("t1")));
        clock.advance(TokenKeys.AHEAD);
        keys.claims().rotate();
        clock.advance(TokenKeys.AHEAD);
        keys.claims().rotate();
        String latest = token("t3", sealed("t3"));
        refused(latest, "does not open");
        handed.set(keys.claims().dangerousJwks());
        assertThat(good(latest).subject()).isEqualTo("ana");
    }
}
