package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;

/// A compact JWS (RFC 7515 §7.1) taken apart, in the one encoding that counts. Nothing of it is believed yet.
final class CompactJws {

    private final String text;
    private final JWSHeader header;
    private final byte[] payload;

    private CompactJws(String text, JWSHeader header, byte[] payload) {
        this.text = text;
        this.header = header;
        this.payload = payload;
    }

    /// Puts one together, signed with ES256.
    static String sign(JWSHeader header, byte[] payload, Identity signer) {
        JWSObject jws = new JWSObject(header, new Payload(payload));
        try {
            jws.sign(new ECDSASigner(signer.privateKey(), Curve.P_256));
        } catch (JOSEException cannotSign) {
            throw new IllegalStateException("the identity's key does not sign", cannotSign);
        }
        return jws.serialize();
    }

    /// Takes one apart.
    ///
    /// @throws ParseException when it is none; the message says why
    static CompactJws read(String text, int headerLengthMax) throws ParseException {
        int first = text.indexOf('.');
        int last = text.lastIndexOf('.');
        if (first < 1 || last == first || text.indexOf('.', first + 1) != last) {
            throw new ParseException("not three parts", 0);
        }
        if (first > headerLengthMax) {
            throw new ParseException("a header longer than " + headerLengthMax + " characters", 0);
        }
        Optional<byte[]> payload = StrictBase64Url.decode(text, first + 1, last);
        if (payload.isEmpty()
                || !StrictBase64Url.canonical(text, 0, first)
                || !StrictBase64Url.canonical(text, last + 1, text.length())) {
            throw new ParseException("not canonical base64url", 0);
        }
        try {
            return new CompactJws(
                    text, JWSHeader.parse(new Base64URL(text.substring(0, first))), payload.get());
        } catch (IllegalArgumentException odd) {
            throw new ParseException(String.valueOf(odd.getMessage()), 0);
        }
    }

    JWSHeader header() {
        return header;
    }

    /// The names of all members of the header as they stand there, those without a value included.
    Set<String> members() throws ParseException {
        return JSONObjectUtils.parse(header.getParsedBase64URL().decodeToString()).keySet();
    }

    byte[] payload() {
        return payload;
    }

    /// Why its header is none of ours: another algorithm than ES256, another type, anything critical.
    Optional<String> unfit(String type) {
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            return Optional.of("algorithm " + header.getAlgorithm() + " (expected: ES256)");
        }
        if (header.getType() == null || !header.getType().getType().equals(type)) {
            return Optional.of("type " + header.getType() + " (expected: " + type + ")");
        }
        return header.getCriticalParams() != null || !header.isBase64URLEncodePayload()
                ? Optional.of("critical headers")
                : Optional.empty();
    }

    /// Whether the key of that certificate made the signature.
    boolean signedBy(X509Certificate certificate) throws JOSEException {
        int last = text.lastIndexOf('.');
        return certificate.getPublicKey() instanceof ECPublicKey key
                && Certificates.isP256(key)
                && new ECDSAVerifier(key)
                        .verify(
                                header,
                                text.substring(0, last).getBytes(StandardCharsets.US_ASCII),
                                new Base64URL(text.substring(last + 1)));
    }
}
