package dev.ringwall.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.identity.TokenSigner;
import dev.ringwall.keys.CryptoProviders;
import dev.ringwall.keys.TokenKeys;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.SigningAlgorithm;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import dev.ringwall.testkit.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a control plane signs with.
class KeysTest {

    private static final Blueprint SHOP = declared();

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
                        SHOP);
    }

    private static Blueprint declared() {
        String yaml = "ringwall: 1\nsystem: shop\n";
        if (Reader.read(Map.of("ringwall.yaml", yaml), "ringwall.yaml")
                        instanceof Reading.Read(var declaration, var _)
                && Blueprint.of(declaration) instanceof Blueprint.Outcome.Sound(var sound, var _)) {
            return sound;
        }
        throw new AssertionError(yaml);
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
        TokenSigner signer = new OwnSigner(tokens(), () -> SHOP);
        TokenSigner.Key first = signer.access();
        assertThat(signer.access().signer()).isSameAs(first.signer());

        clock.advance(Duration.ofSeconds(11));
        assertThat(tokens().rotate()).isInstanceOf(TokenKeys.Rotation.Rotated.class);
        TokenSigner.Key second = signer.access();
        assertThat(second.id())
                .isEqualTo(tokens().signing(SigningAlgorithm.ES256).id())
                .isNotEqualTo(first.id());
        assertThat(signer.access().signer()).isSameAs(second.signer());
    }
}
