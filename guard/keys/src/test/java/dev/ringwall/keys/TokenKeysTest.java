package dev.ringwall.keys;

import static dev.ringwall.model.SigningAlgorithm.EDDSA;
import static dev.ringwall.model.SigningAlgorithm.ES256;
import static dev.ringwall.model.SigningAlgorithm.PS256;
import static dev.ringwall.model.SigningAlgorithm.RS256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.model.SigningAlgorithm;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenKeysTest {

    private static final Duration TOKENS_LIVE = Duration.ofMinutes(5);

    private static final byte[] TEXT = {1, 2, 3};

    @TempDir Path folder;

    private final HandClock clock = HandClock.atPresent();

    private TokenKeys.Opened open(Vault vault) throws IOException {
        return open(vault, Set.of());
    }

    private TokenKeys.Opened open(Vault vault, Set<SigningAlgorithm> algorithms)
            throws IOException {
        return TokenKeys.open(
                folder.resolve("token-keys.json"), vault, algorithms, TOKENS_LIVE, clock);
    }

    private TokenKeys ready(SigningAlgorithm... algorithms) throws IOException {
        TokenKeys.Opened opened = open(Authorities.VAULT, Set.of(algorithms));
        assertThat(opened).isInstanceOf(TokenKeys.Opened.Ready.class);
        return ((TokenKeys.Opened.Ready) opened).keys();
    }

    private static List<String> published(TokenKeys keys) throws ParseException {
        return JWKSet.parse(keys.jwks()).getKeys().stream().map(JWK::getKeyID).toList();
    }

    @Test
    void theNextKeyIsKnownBeforeItSigns() throws Exception {
        TokenKeys keys = ready();
        String next = published(keys).get(1);
        clock.advance(TokenKeys.AHEAD);
        assertThat(keys.rotate()).isEqualTo(new TokenKeys.Rotation.Rotated(next));
        assertThat(keys.signing(ES256).id()).isEqualTo(next);
    }

    @Test
    void aKeyIsNotUsedBeforeEveryoneCanKnowIt() throws Exception {
        TokenKeys keys = ready();
        String signing = keys.signing(ES256).id();
        assertThat(keys.rotate())
                .isEqualTo(new TokenKeys.Rotation.TooSoon(clock.instant().plus(TokenKeys.AHEAD)));
        assertThat(keys.signing(ES256).id()).isEqualTo(signing);
    }

    @Test
    void aRetiredKeyIsPublishedUntilItsLastTokenIsDead() throws Exception {
        TokenKeys keys = ready();
        String old = keys.signing(ES256).id();
        clock.advance(TokenKeys.AHEAD);
        keys.rotate();
        clock.advance(TOKENS_LIVE);
        assertThat(published(keys)).hasSize(3).contains(old);
        clock.advance(TokenKeys.CLOCK_SKEW);
        assertThat(published(keys)).hasSize(2).doesNotContain(old);
    }

    @Test
    void thePrivateHalfOfARetiredKeyIsGone() throws Exception {
        TokenKeys keys = ready();
        clock.advance(TokenKeys.AHEAD);
        keys.rotate();
        String file = Files.readString(folder.resolve("token-keys.json"));
        assertThat(file.split("ENCRYPTED PRIVATE KEY-----", -1))
                .hasSize(5); // two keys, begin and end
        assertThat(file).doesNotContain("\"d\"");
    }

    @Test
    void keysRotateByThemselvesWhenTheirPeriodIsOver() throws Exception {
        TokenKeys keys = ready();
        clock.advance(TokenKeys.PERIOD.minusSeconds(1));
        assertThat(keys.rotateWhenDue()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(keys.rotateWhenDue()).isTrue();
        assertThat(keys.rotateWhenDue()).isFalse();
    }

    @Test
    void theSameKeysSignAfterARestart() throws Exception {
        TokenKeys keys = ready();
        clock.advance(TokenKeys.AHEAD);
        keys.rotate();
        TokenKeys again = ready();
        assertThat(again.signing(ES256).publicHalf()).isEqualTo(keys.signing(ES256).publicHalf());
        assertThat(again.signing(ES256).privateKey()).isEqualTo(keys.signing(ES256).privateKey());
        assertThat(again.jwks()).isEqualTo(keys.jwks());
        assertThat(again.rotateAt()).isEqualTo(keys.rotateAt());
    }

    @Test
    void aWrongSecretOrAnAlteredFileIsToldApartFromKeys() throws Exception {
        ready();
        Path file = folder.resolve("token-keys.json");
        assertThat(open(Vault.under(UnlockSecret.of("another secret, sixteen or more"))))
                .isEqualTo(new TokenKeys.Opened.WrongSecret(file));
        String text = Files.readString(file);
        for (String altered :
                List.of(
                        "",
                        "{}",
                        "[]",
                        "{\"keys\":[]}",
                        text.replace("signing", "next"),
                        text.substring(9))) {
            Files.writeString(file, altered);
            assertThat(open(Authorities.VAULT)).isInstanceOf(TokenKeys.Opened.Unusable.class);
        }
    }

    @Test
    void nothingPrivateIsPublishedOrPrintedOrReadable() throws Exception {
        TokenKeys keys = ready();
        assertThat(JWKSet.parse(keys.jwks()).getKeys()).noneMatch(JWK::isPrivate);
        assertThat(keys.signing(ES256).toString())
                .isEqualTo("SigningKey[" + keys.signing(ES256).id() + "]");
        assertThat(keys.signing(ES256).dangerousJwk().isPrivate()).isTrue();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("token-keys.json"))))
                .isEqualTo("rw-------");
    }

    private static Base64URL signed(SigningKey key, byte[] text) throws Exception {
        return key.signer().sign(header(key.algorithm()), text);
    }

    private static JWSHeader header(SigningAlgorithm algorithm) {
        return new JWSHeader(JWSAlgorithm.parse(algorithm.word()));
    }

    private static VerifyingKey published(TokenKeys keys, String id) throws Exception {
        return VerifyingKey.of(JWKSet.parse(keys.jwks()).getKeyByKeyId(id)).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(SigningAlgorithm.class)
    void eachAlgorithmSignsRotatesAndComesBackAfterARestart(SigningAlgorithm algorithm)
            throws Exception {
        TokenKeys keys = ready(algorithm);
        SigningKey first = keys.signing(algorithm);
        Base64URL signature = signed(first, TEXT);
        clock.advance(TokenKeys.AHEAD);
        keys.rotate();
        assertThat(published(keys, first.id()).verifies(header(algorithm), TEXT, signature))
                .isTrue();
        assertThat(published(keys, first.id()).verifies(header(algorithm), new byte[7], signature))
                .isFalse();
        TokenKeys again = ready(algorithm);
        SigningKey second = again.signing(algorithm);
        assertThat(second.id()).isEqualTo(keys.signing(algorithm).id()).isNotEqualTo(first.id());
        assertThat(
                        published(again, second.id())
                                .verifies(header(algorithm), TEXT, signed(second, TEXT)))
                .isTrue();
        clock.advance(TOKENS_LIVE.plus(TokenKeys.CLOCK_SKEW));
        assertThat(published(again)).doesNotContain(first.id());
    }

    @Test
    void aKeyChecksNothingOfAnotherAlgorithmWhateverTheHeaderSays() throws Exception {
        TokenKeys keys = ready(PS256, RS256, EDDSA);
        for (SigningAlgorithm one : SigningAlgorithm.values()) {
            SigningKey key = keys.signing(one);
            for (SigningAlgorithm other : SigningAlgorithm.values()) {
                SigningKey signs = other == RS256 || other == PS256 ? keys.signing(other) : key;
                if (other != one) {
                    assertThat(
                                    published(keys, key.id())
                                            .verifies(header(other), TEXT, signed(signs, TEXT)))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aKeyOfRsaThatSaysNotWhatItIsForIsForNothing() throws Exception {
        TokenKeys keys = ready(PS256);
        RSAKey key = keys.signing(PS256).publicHalf().toRSAKey();
        assertThat(VerifyingKey.of(new RSAKey.Builder(key).algorithm(null).build())).isEmpty();
        assertThat(VerifyingKey.of(new RSAKey.Builder(key).algorithm(JWSAlgorithm.ES256).build()))
                .isEmpty();
        assertThat(VerifyingKey.of(new RSAKey.Builder(key).algorithm(JWSAlgorithm.PS512).build()))
                .isEmpty();
        assertThat(VerifyingKey.of(key)).isPresent();
    }

    @Test
    void aNewAlgorithmSignsForNodesOnceTheyCanKnowItsKey() throws Exception {
        TokenKeys keys = ready();
        keys.use(Set.of(EDDSA));
        String young = keys.signing(EDDSA).id();
        assertThat(published(keys)).contains(young);
        assertThat(keys.known(EDDSA).id()).isEqualTo(keys.signing(ES256).id());
        clock.advance(TokenKeys.AHEAD);
        assertThat(keys.known(EDDSA).id()).isEqualTo(young);
    }

    @Test
    void theFirstKeysOfASystemSignAtOnce() throws Exception {
        TokenKeys keys = ready(EDDSA);
        assertThat(keys.known(EDDSA).id()).isEqualTo(keys.signing(EDDSA).id());
    }

    @Test
    void theKeyOfAnAlgorithmThatIsNotUsedAnyMoreGoesWithItsLastToken() throws Exception {
        String old = ready(EDDSA).signing(EDDSA).id();
        TokenKeys without = ready();
        assertThat(published(without)).hasSize(3).contains(old);
        assertThatThrownBy(() -> without.signing(EDDSA)).hasMessageContaining("EdDSA");
        clock.advance(TOKENS_LIVE.plus(TokenKeys.CLOCK_SKEW));
        assertThat(published(without)).hasSize(2).doesNotContain(old);
    }
}
