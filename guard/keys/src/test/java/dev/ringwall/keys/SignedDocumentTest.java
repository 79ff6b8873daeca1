package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.testkit.HandClock;
import dev.ringwall.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedDocumentTest {

    private static final String TYPE = "ringwall-bundle+jws";
    private static final SpiffeId CONTROL = SpiffeId.control("shop");
    private static final byte[] PAYLOAD = "{\"number\":7}".getBytes(StandardCharsets.UTF_8);

    private final HandClock clock = HandClock.atPresent();
    private final CertificateAuthority shop = Authorities.of("shop", clock, Lifetimes.DEFAULT);
    private final PeerVerifier verifier = new PeerVerifier(shop.root(), clock);
    private final Identity signer = shop.issue(new Profile.Documents());

    private SignedDocument.Outcome verify(String document) {
        return SignedDocument.verify(document, TYPE, verifier, CONTROL);
    }

    private void refused(String document) {
        assertThat(verify(document)).isInstanceOf(SignedDocument.Outcome.Refused.class);
    }

    @Test
    void whatTheControlPlaneSignedIsRead() {
        assertThat(verify(SignedDocument.sign(TYPE, PAYLOAD, signer)))
                .isInstanceOfSatisfying(
                        SignedDocument.Outcome.Verified.class,
                        verified -> {
                            assertThat(verified.payload()).isEqualTo(PAYLOAD);
                            assertThat(verified.signer()).isEqualTo(CONTROL);
                            assertThat(verified.certificate()).isEqualTo(signer.certificate());
                        });
    }

    @Test
    void anyFlippedBitAnywhereIsRefused() {
        String good = SignedDocument.sign(TYPE, PAYLOAD, signer);
        Seeds.each(
                300,
                random -> {
                    byte[] bytes = good.getBytes(StandardCharsets.US_ASCII);
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
                    refused(new String(bytes, StandardCharsets.US_ASCII));
                });
    }

    @Test
    void everyCharacterOfTheSignatureCounts() {
        String good = SignedDocument.sign(TYPE, PAYLOAD, signer);
        for (int i = good.lastIndexOf('.') + 1; i < good.length(); i++) {
            char other = good.charAt(i) == 'A' ? 'B' : 'A';
            refused(good.substring(0, i) + other + good.substring(i + 1));
        }
    }

    @Test
    void aForeignOrEndedOrWrongSignerIsRefused() {
        refused(
                SignedDocument.sign(
                        TYPE, PAYLOAD, Authorities.of("shop").issue(new Profile.Documents())));
        refused(
                SignedDocument.sign(
                        TYPE, PAYLOAD, Authorities.of("bank").issue(new Profile.Documents())));
        refused(
                SignedDocument.sign(
                        TYPE, PAYLOAD, shop.issue(Authorities.workload("shop", "control"))));
        refused(
                SignedDocument.sign(
                        TYPE, PAYLOAD, shop.issue(Authorities.workload("shop", "orders"))));
        String good = SignedDocument.sign(TYPE, PAYLOAD, signer);
        clock.advance(Duration.ofDays(91));
        refused(good);
    }

    @Test
    void aDocumentOfAnotherTypeIsRefused() {
        refused(SignedDocument.sign("ringwall-roster+jws", PAYLOAD, signer));
    }

    @Test
    void theIdentityOfANodeSignsNoDocument() {
        Identity gateway = shop.issue(Authorities.workload("shop", "gateway"));
        assertThat(
                        SignedDocument.verify(
                                SignedDocument.sign(TYPE, PAYLOAD, gateway),
                                TYPE,
                                verifier,
                                SpiffeId.gateway("shop")))
                .isInstanceOf(SignedDocument.Outcome.Refused.class);
    }

    @Test
    void noOtherAlgorithmAndNoOtherFormIsRead() {
        String good = SignedDocument.sign(TYPE, PAYLOAD, signer);
        String payload = good.split("\\.", -1)[1];
        String signature = good.split("\\.", -1)[2];
        String header = new Base64URL(good.split("\\.", -1)[0]).decodeToString();
        for (String changed :
                List.of(
                        header.replace("ES256", "none"),
                        header.replace("ES256", "HS256"),
                        header.replace("ES256", "ES384"),
                        header.replace("\"alg\"", "\"crit\":[\"exp\"],\"alg\""),
                        header.replace("\"alg\"", "\"b64\":false,\"crit\":[\"b64\"],\"alg\""),
                        header.replaceAll("\"x5c\":\\[[^]]*]", "\"x5c\":[]"),
                        header.replaceAll("\"x5c\":\\[[^]]*],?", ""),
                        "[]",
                        "{}",
                        "")) {
            refused(Base64URL.encode(changed) + "." + payload + "." + signature);
            refused(Base64URL.encode(changed) + "." + payload + ".");
        }
        for (String form :
                List.of(
                        "",
                        ".",
                        "..",
                        good + ".",
                        "." + good,
                        good + "=",
                        good + "\n",
                        " " + good,
                        good.replace(".", "=."),
                        good.substring(0, good.lastIndexOf('.')),
                        good.substring(0, good.length() - 1))) {
            refused(form);
        }
        refused("a".repeat(SignedDocument.HEADER_LENGTH_MAX + 4) + ".." + signature);
        refused("a".repeat(SignedDocument.LENGTH_MAX + 1));
    }
}
