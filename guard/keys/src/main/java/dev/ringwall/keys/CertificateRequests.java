package dev.ringwall.keys;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// Takes the public key out of a certificate request, once its sender has shown to hold the private one.
final class CertificateRequests {

    /// The longest request that is read, in characters of PEM.
    static final int LENGTH_MAX = 8_192;

    private CertificateRequests() {}

    /// A public key that its holder proved to hold, or why not.
    sealed interface Read {
        record Proved(PublicKey key) implements Read {}

        record Unproved(String why) implements Read {}
    }

    static Read read(String pem) {
        if (pem.length() > LENGTH_MAX) {
            return new Read.Unproved("a request longer than " + LENGTH_MAX + " characters");
        }
        try {
            JcaPKCS10CertificationRequest request =
                    new JcaPKCS10CertificationRequest(Pem.block(pem, Pem.CERTIFICATE_REQUEST));
            PublicKey key = request.getPublicKey();
            if (!Certificates.isP256(key)) {
                return new Read.Unproved(key.getAlgorithm() + " (expected: a key on P-256)");
            }
            boolean proved =
                    request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
            return proved
                    ? new Read.Proved(key)
                    : new Read.Unproved("the request is not signed with its own key");
        } catch (GeneralSecurityException
                | IOException
                | PKCSException
                | OperatorCreationException
                | IllegalArgumentException malformed) {
            return new Read.Unproved("no certificate request: " + malformed.getMessage());
        }
    }
}
