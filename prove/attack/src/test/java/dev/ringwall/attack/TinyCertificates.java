package dev.ringwall.attack;

import com.nimbusds.jose.util.Base64URL;
import dev.ringwall.model.Reason;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// Callers' certificates, as far as the tiny system looks at them.
final class TinyCertificates {

    private TinyCertificates() {}

    static String thumbprint(X509Certificate certificate) throws Exception {
        return thumbprint(certificate.getEncoded());
    }

    private static String thumbprint(byte[] der) throws Exception {
        return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(der)).toString();
    }

    /// The thumbprint of the certificate that the caller showed, or that somebody careless believes it did.
    static Optional<String> shown(TinyHttp.Request request, Set<Weakness> weaknesses)
            throws Exception {
        Optional<String> said = request.header("client-cert");
        if (said.isPresent() && weaknesses.contains(Weakness.CLIENT_CERT_BELIEVED)) {
            return Optional.of(thumbprint(Base64.getDecoder().decode(said.get().replace(":", ""))));
        }
        return request.peer().isEmpty()
                ? Optional.empty()
                : Optional.of(thumbprint(request.peer().get()));
    }

    /// What is wrong with how a token is shown that is bound to that certificate.
    static Optional<Reason> wrong(
            TinyHttp.Request request, String thumbprint, Set<Weakness> weaknesses)
            throws Exception {
        if (weaknesses.contains(Weakness.CERTIFICATE_UNCHECKED)) {
            return Optional.empty();
        }
        Optional<String> shown = shown(request, weaknesses);
        if (shown.isEmpty()) {
            return Optional.of(Reason.CERTIFICATE_MISSING);
        }
        return shown.get().equals(thumbprint)
                ? Optional.empty()
                : Optional.of(Reason.CERTIFICATE_NOT_VALID);
    }
}
