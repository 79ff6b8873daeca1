package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Signs bytes for who has the signer's certificate from elsewhere: a compact JWS (RFC 7515) with ES256, a `typ`, and the certificate's
/// [Thumbprint] in `x5t#S256`.
///
/// Transaction tokens have this form: the peer has shown its certificate already. The key is never taken from the token. A header that says
/// anything else is refused, above all one that brings a key along or says where one is (`x5c`, `jwk`, `jku`, `x5u`, `kid`).
public final class SignedToken {

    /// The longest header that is looked at, in characters.
    public static final int HEADER_LENGTH_MAX = 4 << 10;

    private static final Set<String> HEADER = Set.of("alg", "typ", "x5t#S256");

    private SignedToken() {}

    /// What became of a token.
    public sealed interface Outcome {
        /// The holder of that certificate's key signed exactly these bytes. Whose the certificate is was for the caller to find out.
        ///
        /// @param payload the signed bytes; the receiver's own copy
        @SuppressWarnings("ArrayRecordComponent") // nobody compares outcomes
        record Verified(byte[] payload) implements Outcome {}

        /// Somebody else did, or nobody.
        record Refused(String reason) implements Outcome {}
    }

    /// Signs.
    ///
    /// @param type the `typ` that [#verify] will ask for
    public static String sign(String type, byte[] payload, Identity signer) {
        return CompactJws.sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType(type))
                        .x509CertSHA256Thumbprint(
                                new Base64URL(Thumbprint.of(signer.certificate())))
                        .build(),
                payload,
                signer);
    }

    /// The certificate that a token says it was signed with. Not believed by anybody: it only tells which one [#verify] is to be asked about.
    public static Optional<String> thumbprintSaid(String token) {
        try {
            return Optional.ofNullable(
                            CompactJws.read(token, HEADER_LENGTH_MAX)
                                    .header()
                                    .getX509CertSHA256Thumbprint())
                    .map(Base64URL::toString);
        } catch (ParseException noToken) {
            return Optional.empty();
        }
    }

    /// Says whether the holder of that certificate's key signed the token as one of that type. The caller has followed the certificate to
    /// the root.
    public static Outcome verify(String token, String type, X509Certificate signer) {
        try {
            CompactJws jws = CompactJws.read(token, HEADER_LENGTH_MAX);
            Optional<String> unfit = jws.unfit(type);
            if (unfit.isPresent()) {
                return new Outcome.Refused(unfit.get());
            }
            Set<String> said = jws.members();
            if (!said.equals(HEADER)) {
                return new Outcome.Refused(
                        "a header of "
                                + new TreeSet<>(said)
                                + " (expected: alg, typ and x5t#S256 alone)");
            }
            Base64URL named = jws.header().getX509CertSHA256Thumbprint();
            if (named == null || !named.toString().equals(Thumbprint.of(signer))) {
                return new Outcome.Refused("signed with another certificate than was shown");
            }
            return jws.signedBy(signer)
                    ? new Outcome.Verified(jws.payload())
                    : new Outcome.Refused("the signature does not match");
        } catch (ParseException | JOSEException malformed) {
            return new Outcome.Refused("malformed: " + malformed.getMessage());
        }
    }
}
