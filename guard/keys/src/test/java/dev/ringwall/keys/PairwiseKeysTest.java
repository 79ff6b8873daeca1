package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.ringwall.testkit.HandClock;
import dev.ringwall.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairwiseKeysTest {

    private static final Duration TOKENS_LIVE = Duration.ofMinutes(5);
    private static final String ANA = "01m849jj8c3gvwcgyzrhd83aet";
    private static final String BEN = "01m849jj8c3gvwcgyzrhd83aeu";

    @TempDir Path folder;

    private final HandClock clock = HandClock.atPresent();

    private PairwiseKeys.Opened open(Path where) throws IOException {
        Sealer.Opened sealer = Sealer.open(where.resolve("seal.json"), Authorities.VAULT);
        assertThat(sealer).isInstanceOf(Sealer.Opened.Ready.class);
        return PairwiseKeys.open(
                where, ((Sealer.Opened.Ready) sealer).sealer(), TOKENS_LIVE, clock);
    }

    private PairwiseKeys ready(Path where) throws IOException {
        PairwiseKeys.Opened opened = open(where);
        assertThat(opened).isInstanceOf(PairwiseKeys.Opened.Ready.class);
        return ((PairwiseKeys.Opened.Ready) opened).keys();
    }

    private PairwiseKeys ready() throws IOException {
        return ready(folder);
    }

    private static List<String> handed(ClaimKeys keys) throws ParseException {
        return JWKSet.parse(keys.dangerousJwks()).getKeys().stream().map(JWK::getKeyID).toList();
    }

    @Test
    void anIdIsTheSameAfterARestartAndAnotherInEachSectorForEachAccountAndInEachSystem()
            throws IOException {
        PairwiseSalt salt = ready().salt();
        String here = salt.subject("a.example.com", ANA);
        assertThat(here).matches("[A-Za-z0-9_-]{43}");
        assertThat(ready().salt().subject("a.example.com", ANA)).isEqualTo(here);
        assertThat(
                        List.of(
                                salt.subject("b.example.com", ANA),
                                salt.subject("a.example.com", BEN),
                                salt.session("a.example.com", ANA),
                                salt.subject("a.example.co", "m" + ANA),
                                ready(folder.resolve("elsewhere"))
                                        .salt()
                                        .subject("a.example.com", ANA)))
                .doesNotHaveDuplicates()
                .doesNotContain(here);
    }

    @Test
    void theSaltIsNotMadeAnewWhereItIsLost() throws IOException {
        ready();
        Path salt = folder.resolve("pairwise-salt.jwe");
        byte[] before = Files.readAllBytes(salt);
        Files.delete(salt);
        assertThat(open(folder))
                .isInstanceOfSatisfying(
                        PairwiseKeys.Opened.Unusable.class,
                        unusable -> assertThat(unusable.why()).contains("from a backup"));
        assertThat(salt).doesNotExist();
        Files.write(salt, before);
        ready();
        Files.writeString(salt, "not a seal");
        assertThat(open(folder)).isInstanceOf(PairwiseKeys.Opened.Unusable.class);
    }

    @Test
    void neitherFileShowsAnythingToOthers() throws IOException {
        PairwiseKeys keys = ready();
        for (String name : new String[] {"pairwise-salt.jwe", "claim-keys.jwe"}) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(folder.resolve(name)))
                    .startsWith("eyJ")
                    .doesNotContain("\"k\"");
        }
        assertThat(keys.toString()).doesNotContain("\"k\"").contains("PairwiseSalt[…]");
    }

    @Test
    void whatIsSealedOpensWithWhatGatewaysGetAndDiffersEachTime() throws IOException {
        ClaimKeys keys = ready().claims();
        SealedClaims gateway = SealedClaims.by(keys.dangerousJwks());
        String one = keys.seal("{\"sub\":\"ana\"}");
        String other = keys.seal("{\"sub\":\"ana\"}");
        assertThat(gateway.open(one)).hasValue("{\"sub\":\"ana\"}");
        assertThat(one).isNotEqualTo(other).hasSameSizeAs(other);
        assertThat(gateway.toString()).doesNotContain("\"k\"");
        SealedClaims elsewhere =
                SealedClaims.by(ready(folder.resolve("elsewhere")).claims().dangerousJwks());
        assertThat(elsewhere.open(one)).isEmpty();
        assertThat(elsewhere.hasKeyOf(one)).isFalse();
    }

    @Test
    void whatWasAlteredInAnyCharacterDoesNotOpen() throws IOException {
        ClaimKeys keys = ready().claims();
        SealedClaims gateway = SealedClaims.by(keys.dangerousJwks());
        String sealed = keys.seal("{\"sub\":\"ana\"}");
        int tag = sealed.lastIndexOf('.');
        Seeds.each(
                200,
                random -> {
                    int at = random.nextInt(tag);
                    char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
                    assertThat(
                                    gateway.open(
                                            sealed.substring(0, at)
                                                    + other
                                                    + sealed.substring(at + 1)))
                            .isEmpty();
                });
        assertThat(gateway.open("")).isEmpty();
        assertThat(gateway.open("a.b.c.d.e")).isEmpty();
        assertThat(gateway.open(sealed.substring(0, tag + 1))).isEmpty();
    }

    @Test
    void gatewaysHaveAKeyBeforeItIsUsedAndUntilItsLastTokenIsDead()
            throws IOException, ParseException {
        ClaimKeys keys = ready().claims();
        SealedClaims early = SealedClaims.by(keys.dangerousJwks());
        assertThat(keys.rotate()).as("nobody can have the next one yet").isFalse();
        String before = keys.seal("1");
        clock.advance(TokenKeys.AHEAD);
        assertThat(keys.rotate()).isTrue();
        assertThat(early.open(keys.seal("2"))).as("handed out in time").hasValue("2");
        assertThat(SealedClaims.by(keys.dangerousJwks()).open(before)).hasValue("1");
        assertThat(handed(keys)).hasSize(3);
        assertThat(handed(ready().claims())).as("after a restart").isEqualTo(handed(keys));
        clock.advance(TOKENS_LIVE.plus(TokenKeys.CLOCK_SKEW));
        assertThat(handed(keys)).hasSize(2);
        assertThat(SealedClaims.by(keys.dangerousJwks()).open(before)).isEmpty();
    }

    @Test
    void aKeyIsReplacedWhenItsTimeIsUp() throws IOException {
        ClaimKeys keys = ready().claims();
        clock.advance(TokenKeys.PERIOD.minusSeconds(1));
        assertThat(keys.rotateWhenDue()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.rotateWhenDue()).isTrue();
        assertThat(keys.rotateWhenDue()).isFalse();
    }
}
