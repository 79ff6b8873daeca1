package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/// Signs bytes so that whoever pins the root can tell who signed them and for what: a compact JWS (RFC 7515) with ES256, a `typ`, and
/// the signer's chain in `x5c`.
///
/// The bundle and the roster have this form. Any other algorithm, `none` included, any critical header, any
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
        return CompactJws.sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType(type))
                        .x509CertChain(X5c.write(signer.chain()).stream().map(Base64::new).toList())
                        .build(),
                payload,
                signer);
    }

    /// Says whether that signer signed the document as one of that type, with a certificate for documents.
    public static Outcome verify(
            String document, String type, PeerVerifier verifier, SpiffeId signer) {
        if (document.length() > LENGTH_MAX) {
            return new Outcome.Refused("longer than " + LENGTH_MAX + " characters");
        }
        try {
            CompactJws jws = CompactJws.read(document, HEADER_LENGTH_MAX);
            Optional<String> unfit = jws.unfit(type);
            if (unfit.isPresent()) {
                return new Outcome.Refused(unfit.get());
            }
            List<X509Certificate> chain = chain(jws.header());
            boolean matches = jws.signedBy(chain.getFirst());
            return switch (verifier.verify(chain, Purpose.DOCUMENTS)) {
                case PeerVerifier.Verdict.Untrusted(String reason) -> new Outcome.Refused(reason);
                case PeerVerifier.Verdict.Trusted(SpiffeId id) when !id.equals(signer) ->
                        new Outcome.Refused("signed by " + id + " (expected: " + signer + ")");
                case PeerVerifier.Verdict.Trusted(SpiffeId id) ->
                        matches
                                ? new Outcome.Verified(jws.payload(), id, chain.getFirst())
                                : new Outcome.Refused("the signature does not match");
            };
        } catch (ParseException | JOSEException | GeneralSecurityException malformed) {
            return new Outcome.Refused("malformed: " + malformed.getMessage());
        }
    }

    private static List<X509Certificate> chain(JWSHeader header) throws GeneralSecurityException {
        return X5c.read(
                header.getX509CertChain() == null
                        ? List.of()
                        : header.getX509CertChain().stream().map(Base64::toString).toList());
    }
}
