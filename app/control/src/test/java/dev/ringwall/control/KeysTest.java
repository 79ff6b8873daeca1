package dev.ringwall.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import dev.ringwall.identity.TokenSigner;
import dev.ringwall.keys.CryptoProviders;
import dev.ringwall.keys.TokenKeys;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a control plane signs with.
class KeysTest {

    @TempDir Path folder;
    private final HandClock clock = HandClock.atPresent();
    private Keys.Opened opened = new Keys.Opened.Refused("not opened yet");

    @BeforeEach
    void open() throws IOException {
        opened =
                Keys.open(
                        new ControlSettings(
                                folder,
                                Optional.empty(),
                                folder.resolve("operator"),
                                "ringwall.yaml",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                URI.create("https://localhost:8443"),
                                UnlockSecret.random(),
                                clock),
                        "shop");
    }

    private TokenKeys tokens() {
        if (opened instanceof Keys.Opened.Ready(Keys keys)) {
            return keys.tokens();
        }
        throw new AssertionError(opened.toString());
    }

    @Test
    void theQuickProviderSignsWhereItLoads() throws GeneralSecurityException {
        boolean jdk = CryptoProviders.installed() instanceof CryptoProviders.Installed.JdkOnly;
        assertThat(Signature.getInstance("SHA256withECDSA").getProvider().getName())
                .isEqualTo(jdk ? "SunEC" : "AmazonCorrettoCryptoProvider");
    }

    @Test
    void aKeyIsMadeReadyToSignOnceAndTheNextOneSignsFromItsRotationOn() throws IOException {
        TokenSigner signer = Identities.signer(tokens());
        ECKey first = signer.signing();
        assertThat(signer.signing()).isSameAs(first);
        assertThat(first.isPrivate()).isTrue();

        clock.advance(Duration.ofSeconds(11));
        assertThat(tokens().rotate()).isInstanceOf(TokenKeys.Rotation.Rotated.class);
        ECKey second = signer.signing();
        assertThat(second.getKeyID())
                .isEqualTo(tokens().signing().id())
                .isNotEqualTo(first.getKeyID());
        assertThat(signer.signing()).isSameAs(second);
    }
}
