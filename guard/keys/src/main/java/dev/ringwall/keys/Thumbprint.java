package dev.ringwall.keys;

import java.security.cert.X509Certificate;
import java.util.Base64;

/// What a certificate is called where it is not shown itself: `x5t#S256`, the SHA-256 of its DER form in base64url (RFC 7515 §4.1.8,
/// RFC 8705 §3.1).
public final class Thumbprint {

    private Thumbprint() {}

    /// The certificate's.
    public static String of(X509Certificate certificate) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Certificates.sha256(certificate));
    }
}
