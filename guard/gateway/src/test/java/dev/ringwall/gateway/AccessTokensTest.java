package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Reason;
import dev.ringwall.testkit.HandClock;
import dev.ringwall.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is remembered of tokens: that they are good, of very many; what they say, of few.
class AccessTokensTest {

    private static final int CLAIMS_MAX = 2;
    private static final int TOKENS = 50;

    private final HandClock clock = HandClock.atPresent();
    private final Tokens issuer = new Tokens(clock);
    private final AccessTokens tokens =
            new AccessTokens(
                    Tokens.ISSUER,
                    Tokens.AUDIENCE,
                    issuer.jwks(),
                    SealedCallers.none(),
                    CLAIMS_MAX);

    private Instant now() {
        return clock.instant();
    }

    private List<String> remembered() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            String token = issuer.of("caller-" + i, "shopper", "orders.read");
            assertThat(tokens.known(token, now())).as("not seen yet").isNull();
            assertThat(tokens.check(token, now())).isInstanceOf(AccessTokens.Checked.Good.class);
            all.add(token);
        }
        return all;
    }

    @Test
    void aTokenWhoseClaimsWereForgottenIsKnownAndSaysTheSame() {
        List<String> all = remembered();
        assertThat(tokens.remembered()).isEqualTo(TOKENS);
        for (String token : all) {
            AccessTokens.Checked fresh =
                    new AccessTokens(
                                    Tokens.ISSUER,
                                    Tokens.AUDIENCE,
                                    issuer.jwks(),
                                    SealedCallers.none())
                            .check(token, now());
            assertThat(tokens.known(token, now())).isEqualTo(fresh);
        }
    }

    @Test
    void aTokenThatDiffersInOneCharacterIsNotKnown() {
        List<String> all = remembered();
        Seeds.each(
                500,
                random -> {
                    String token = all.get(random.nextInt(all.size()));
                    int at = random.nextInt(token.length());
                    char other = token.charAt(at) == 'A' ? 'B' : 'A';
                    String forged = token.substring(0, at) + other + token.substring(at + 1);
                    assertThat(tokens.known(forged, now())).isNull();
                });
    }

    @Test
    void partsOfTwoKnownTokensAreNoKnownToken() {
        List<String> all = remembered();
        String one = all.get(0);
        String other = all.get(1);
        String mixed =
                one.substring(0, one.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        assertThat(tokens.known(mixed, now())).isNull();
        assertThat(tokens.check(mixed, now()))
                .isInstanceOfSatisfying(
                        AccessTokens.Checked.Bad.class,
                        bad -> assertThat(bad.reason()).isEqualTo(Reason.TOKEN_NOT_OURS));
    }

    @Test
    void whatIsRememberedEndsWithTheToken() {
        List<String> all = remembered();
        clock.advance(Duration.ofDays(1));
        for (String token : all) {
            AccessTokens.Checked known = tokens.known(token, now());
            assertThat(known == null ? tokens.check(token, now()) : known)
                    .isInstanceOfSatisfying(
                            AccessTokens.Checked.Bad.class,
                            bad -> assertThat(bad.reason()).isEqualTo(Reason.TOKEN_EXPIRED));
        }
    }

    @Test
    void aTokenThatIsNotGoodIsNotRemembered() {
        String foreign = new Tokens(clock).of("ana", "shopper", "orders.read");
        assertThat(tokens.check(foreign, now())).isInstanceOf(AccessTokens.Checked.Bad.class);
        assertThat(tokens.known(foreign, now())).isNull();
        assertThat(tokens.remembered()).isZero();
    }
}
