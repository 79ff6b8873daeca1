package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Signs bytes so that whoever pins the root can tell who signed them and for what: a compact JWS (RFC 7515) with ES256, a `typ`, and
/// the signer's chain in `x5c`.
///
/// The bundle, the roster and transaction tokens have this form. Any other algorithm, `none` included, any critical header, any
/// encoding but the canonical one, and any signer but the expected one is refused.
public final class SignedDocument {

    /// The longest document that is looked at, in characters.
    public static final int LENGTH_MAX = 16 << 20;

    /// The longest header that is looked at, in characters.
    public static final int HEADER_LENGTH_MAX = 16 << 10;

    private SignedDocument() {}

    /// What became of a document.
    public sealed interface Outcome {
        /// The expected signer signed exactly these bytes, for this purpose.
        ///
        /// @param payload the signed bytes; the receiver's own copy
        @SuppressWarnings(
                "ArrayRecordComponent") // a bundle has megabytes, and nobody compares outcomes
        record Verified(byte[] payload, SpiffeId signer, X509Certificate certificate)
                implements Outcome {}

        /// Nobody who counts signed it.
        record Refused(String reason) implements Outcome {}
    }

    /// Signs.
    ///
    /// @param type the `typ` that [#verify] will ask for
    public static String sign(String type, byte[] payload, Identity signer) {
        List<Base64> chain = new ArrayList<>();
        for (X509Certificate certificate : signer.chain()) {
            chain.add(Base64.encode(Certificates.der(certificate)));
        }
        JWSObject document =
                new JWSObject(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .type(new JOSEObjectType(type))
                                .x509CertChain(chain)
                                .build(),
                        new Payload(payload));
        try {
            document.sign(new ECDSASigner(signer.privateKey(), Curve.P_256));
        } catch (JOSEException cannotSign) {
            throw new IllegalStateException("the identity's key does not sign", cannotSign);
        }
        return document.serialize();
    }

    /// Says whether that signer signed the document as one of that type.
    ///
    /// @param purpose what the signer's certificate must be for: [Purpose#DOCUMENTS], or [Purpose#CLIENT] for transaction tokens
    public static Outcome verify(
            String document, String type, PeerVerifier verifier, Purpose purpose, SpiffeId signer) {
        if (document.length() > LENGTH_MAX) {
            return new Outcome.Refused("longer than " + LENGTH_MAX + " characters");
        }
        int first = document.indexOf('.');
        int last = document.lastIndexOf('.');
        if (first < 1 || last == first || document.indexOf('.', first + 1) != last) {
            return new Outcome.Refused("not three parts");
        }
        if (first > HEADER_LENGTH_MAX) {
            return new Outcome.Refused("a header longer than " + HEADER_LENGTH_MAX + " characters");
        }
        Optional<byte[]> payload = StrictBase64Url.decode(document, first + 1, last);
        if (payload.isEmpty()
                || !StrictBase64Url.canonical(document, 0, first)
                || !StrictBase64Url.canonical(document, last + 1, document.length())) {
            return new Outcome.Refused("not canonical base64url");
        }
        try {
            JWSHeader header = JWSHeader.parse(new Base64URL(document.substring(0, first)));
            Optional<String> unfit = unfit(header, type);
            if (unfit.isPresent()) {
                return new Outcome.Refused(unfit.get());
            }
            List<X509Certificate> chain = chain(header);
            boolean matches = signedBy(chain.getFirst(), header, document, last);
            return switch (verifier.verify(chain, purpose)) {
                case PeerVerifier.Verdict.Untrusted(String reason) -> new Outcome.Refused(reason);
                case PeerVerifier.Verdict.Trusted(SpiffeId id) when !id.equals(signer) ->
                        new Outcome.Refused("signed by " + id + " (expected: " + signer + ")");
                case PeerVerifier.Verdict.Trusted(SpiffeId id) ->
                        matches
                                ? new Outcome.Verified(payload.get(), id, chain.getFirst())
                                : new Outcome.Refused("the signature does not match");
            };
        } catch (ParseException
                | JOSEException
                | GeneralSecurityException
                | IllegalArgumentException malformed) {
            return new Outcome.Refused("malformed: " + malformed.getMessage());
        }
    }

    private static Optional<String> unfit(JWSHeader header, String type) {
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            return Optional.of("algorithm " + header.getAlgorithm() + " (expected: ES256)");
        }
        if (header.getType() == null || !header.getType().getType().equals(type)) {
            return Optional.of("type " + header.getType() + " (expected: " + type + ")");
        }
        if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            return Optional.of("critical headers");
        }
        return header.getX509CertChain() == null
                        || header.getX509CertChain().isEmpty()
                        || header.getX509CertChain().size() > PeerVerifier.CHAIN_MAX
                ? Optional.of("no chain of 1 to " + PeerVerifier.CHAIN_MAX + " certificates")
                : Optional.empty();
    }

    private static List<X509Certificate> chain(JWSHeader header) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Base64 der : header.getX509CertChain()) {
            chain.add(Pem.certificate(java.util.Base64.getDecoder().decode(der.toString())));
        }
        return chain;
    }

    private static boolean signedBy(
            X509Certificate leaf, JWSHeader header, String document, int last)
            throws JOSEException {
        return leaf.getPublicKey() instanceof ECPublicKey key
                && Certificates.isP256(key)
                && new ECDSAVerifier(key)
                        .verify(
                                header,
                                document.substring(0, last).getBytes(StandardCharsets.US_ASCII),
                                new Base64URL(document.substring(last + 1)));
    }
}
