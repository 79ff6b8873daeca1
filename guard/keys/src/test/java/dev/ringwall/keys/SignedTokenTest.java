package dev.ringwall.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.testkit.HandClock;
import dev.ringwall.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignedTokenTest {

    private static final String TYPE = "txntoken+jwt";
    private static final byte[] PAYLOAD = "{\"sub\":\"ana\"}".getBytes(StandardCharsets.UTF_8);

    private static final CertificateAuthority SHOP =
            Authorities.of("shop", HandClock.atPresent(), Lifetimes.DEFAULT);
    private static final Identity SIGNER = SHOP.issue(Authorities.workload("shop", "gateway"));
    private static final Identity OTHER = SHOP.issue(Authorities.workload("shop", "gateway"));

    private static SignedToken.Outcome verify(String token, X509Certificate signer) {
        return SignedToken.verify(token, TYPE, signer);
    }

    private static void refused(String token) {
        assertThat(verify(token, SIGNER.certificate()))
                .as(token)
                .isInstanceOf(SignedToken.Outcome.Refused.class);
    }

    private static String good() {
        return SignedToken.sign(TYPE, PAYLOAD, SIGNER);
    }

    private static String thumbprint(X509Certificate certificate) throws GeneralSecurityException {
        return Base64URL.encode(
                        MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()))
                .toString();
    }

    /// What that header says, signed by the signer's key without any help from what is tested.
    private static String signed(String header) throws GeneralSecurityException {
        String input = Base64URL.encode(header) + "." + Base64URL.encode(PAYLOAD);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(SIGNER.privateKey());
        signature.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Base64URL.encode(signature.sign());
    }

    @Test
    void whatThePeerSignedIsReadWithThePeersCertificate() {
        assertThat(verify(good(), SIGNER.certificate()))
                .isInstanceOfSatisfying(
                        SignedToken.Outcome.Verified.class,
                        verified -> assertThat(verified.payload()).isEqualTo(PAYLOAD));
        assertThat(verify(good(), OTHER.certificate()))
                .as("of the same name")
                .isInstanceOf(SignedToken.Outcome.Refused.class);
    }

    @Test
    void itsHeaderNamesTheCertificateAndSaysNoMore() throws GeneralSecurityException {
        String header = new Base64URL(good().split("\\.", -1)[0]).decodeToString();
        assertThat(header)
                .contains("\"x5t#S256\":\"" + thumbprint(SIGNER.certificate()) + "\"")
                .contains("\"alg\":\"ES256\"")
                .contains("\"typ\":\"" + TYPE + "\"")
                .hasSizeLessThan(128);
        assertThat(SignedToken.thumbprintSaid(good())).contains(thumbprint(SIGNER.certificate()));
        assertThat(signed(header)).startsWith(good().substring(0, good().lastIndexOf('.')));
        assertThat(verify(signed(header), SIGNER.certificate()))
                .isInstanceOf(SignedToken.Outcome.Verified.class);
    }

    static Stream<String> oddHeaders() throws GeneralSecurityException {
        String own = "\"x5t#S256\":\"" + thumbprint(SIGNER.certificate()) + "\"";
        String start = "{\"alg\":\"ES256\",\"typ\":\"" + TYPE + "\",";
        String chain = "[\"" + String.join("\",\"", X5c.write(SIGNER.chain())) + "\"]";
        String key =
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                        + "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"
                        + "\",\"y\":\""
                        + "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
                        + "\"}";
        return Stream.of(
                start + own + ",\"x5c\":" + chain + "}",
                start + own + ",\"x5c\":[]}",
                start + own + ",\"jwk\":null}",
                start + own + ",\"jwk\":" + key + "}",
                start + own + ",\"jku\":\"https://elsewhere.example/jwks\"}",
                start + own + ",\"x5u\":\"https://elsewhere.example/chain.pem\"}",
                start + own + ",\"kid\":\"1\"}",
                start + own + ",\"cty\":\"JWT\"}",
                start + own + ",\"anything\":1}",
                start + own + ",\"crit\":[\"exp\"]}",
                start + own + ",\"b64\":false,\"crit\":[\"b64\"]}",
                start + own + ",\"x5t\":\"" + "A".repeat(27) + "\"}",
                start + "\"x5t#S256\":\"" + thumbprint(OTHER.certificate()) + "\"}",
                start + "\"x5t#S256\":\"\"}",
                start + "\"x5t#S256\":null}",
                start + "\"x5t#S256\":1}",
                start + own + "," + own + "}",
                start + "\"x5c\":" + chain + "}",
                "{\"alg\":\"ES256\",\"typ\":\"" + TYPE + "\"}",
                "{\"alg\":\"ES256\"," + own + "}",
                "{\"typ\":\"" + TYPE + "\"," + own + "}",
                "{\"alg\":\"ES256\",\"typ\":\"ringwall-bundle+jws\"," + own + "}",
                "{\"alg\":\"none\",\"typ\":\"" + TYPE + "\"," + own + "}",
                "{\"alg\":\"HS256\",\"typ\":\"" + TYPE + "\"," + own + "}",
                "{\"alg\":\"ES384\",\"typ\":\"" + TYPE + "\"," + own + "}",
                "[]",
                "{}",
                "");
    }

    @ParameterizedTest
    @MethodSource("oddHeaders")
    void aHeaderThatSaysMoreOrOtherThanThatIsRefusedHoweverWellItIsSigned(String header)
            throws GeneralSecurityException {
        refused(signed(header));
        refused(signed(header).replaceAll("[^.]*$", ""));
    }

    @Test
    void aChainThatIsBroughtAlongIsRefusedForThatAndNotForItsLength()
            throws GeneralSecurityException {
        String chain = "[\"" + String.join("\",\"", X5c.write(SIGNER.chain())) + "\"]";
        String header = new Base64URL(good().split("\\.", -1)[0]).decodeToString();
        assertThat(
                        verify(
                                signed(header.replace("{", "{\"x5c\":" + chain + ",")),
                                SIGNER.certificate()))
                .isEqualTo(
                        new SignedToken.Outcome.Refused(
                                "a header of [alg, typ, x5c, x5t#S256] (expected: alg, typ and"
                                        + " x5t#S256 alone)"));
    }

    @Test
    void anyFlippedBitAnywhereIsRefused() {
        String good = good();
        Seeds.each(
                300,
                random -> {
                    byte[] bytes = good.getBytes(StandardCharsets.US_ASCII);
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
                    refused(new String(bytes, StandardCharsets.US_ASCII));
                });
    }

    @Test
    void whatIsNoTokenIsRefusedAndNamesNoCertificate() {
        String good = good();
        for (String form :
                List.of(
                        "",
                        ".",
                        "..",
                        "not.a.token",
                        good + ".",
                        "." + good,
                        good + "=",
                        " " + good,
                        good.substring(0, good.lastIndexOf('.')),
                        "a".repeat(SignedToken.HEADER_LENGTH_MAX + 4) + "..")) {
            refused(form);
            assertThat(SignedToken.thumbprintSaid(form)).as(form).isEmpty();
        }
        assertThat(SignedToken.thumbprintSaid(SignedDocument.sign(TYPE, PAYLOAD, SIGNER)))
                .isEmpty();
    }
}
