package dev.ringwall.gateway;

import dev.ringwall.keys.SpiffeId;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// Who is at the other end of a mutually authenticated connection.
///
/// @param thumbprint SHA-256 of the certificate, base64url: what `cnf` of a transaction token must say (RFC 8705 §3.1)
record Peer(SpiffeId id, X509Certificate certificate, String thumbprint) {

    static Peer of(SpiffeId id, X509Certificate certificate) {
        return new Peer(id, certificate, thumbprint(certificate));
    }

    static String thumbprint(X509Certificate certificate) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException cannot) {
            throw new IllegalStateException("a certificate that was read cannot be hashed", cannot);
        }
    }
}
