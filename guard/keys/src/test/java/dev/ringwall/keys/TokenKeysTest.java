package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenKeysTest {

    private static final Duration TOKENS_LIVE = Duration.ofMinutes(5);

    @TempDir Path folder;

    private final HandClock clock = HandClock.atPresent();

    private TokenKeys.Opened open(Vault vault) throws IOException {
        return TokenKeys.open(folder.resolve("token-keys.json"), vault, TOKENS_LIVE, clock);
    }

    private TokenKeys ready() throws IOException {
        TokenKeys.Opened opened = open(Authorities.VAULT);
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
        assertThat(keys.signing().id()).isEqualTo(next);
    }

    @Test
    void aKeyIsNotUsedBeforeEveryoneCanKnowIt() throws Exception {
        TokenKeys keys = ready();
        String signing = keys.signing().id();
        assertThat(keys.rotate())
                .isEqualTo(new TokenKeys.Rotation.TooSoon(clock.instant().plus(TokenKeys.AHEAD)));
        assertThat(keys.signing().id()).isEqualTo(signing);
    }

    @Test
    void aRetiredKeyIsPublishedUntilItsLastTokenIsDead() throws Exception {
        TokenKeys keys = ready();
        String old = keys.signing().id();
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
        assertThat(again.signing()).isEqualTo(keys.signing());
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
        assertThat(keys.signing().toString()).isEqualTo("SigningKey[" + keys.signing().id() + "]");
        assertThat(keys.signing().dangerousJwk().isPrivate()).isTrue();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("token-keys.json"))))
                .isEqualTo("rw-------");
    }
}
