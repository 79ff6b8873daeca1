package dev.ringwall.keys;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A chain of certificates in JSON, leaf first: each the base64 of its DER form (RFC 7515 §4.1.6). Who reads one knows nothing yet but what
/// somebody says; whom it names is for [PeerVerifier] to find out.
public final class X5c {

    private X5c() {}

    /// The chain as JSON has it.
    public static List<String> write(List<X509Certificate> chain) {
        return chain.stream()
                .map(each -> Base64.getEncoder().encodeToString(Certificates.der(each)))
                .toList();
    }

    /// The chain that JSON has.
    ///
    /// @throws GeneralSecurityException when it is not 1 to [PeerVerifier#CHAIN_MAX] certificates
    public static List<X509Certificate> read(List<String> texts) throws GeneralSecurityException {
        if (texts.isEmpty() || texts.size() > PeerVerifier.CHAIN_MAX) {
            throw new GeneralSecurityException(
                    texts.size() + " certificates (expected: 1 to " + PeerVerifier.CHAIN_MAX + ")");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (String text : texts) {
            try {
                chain.add(Pem.certificate(Base64.getDecoder().decode(text)));
            } catch (IllegalArgumentException notBase64) {
                throw new GeneralSecurityException("a certificate that is not base64", notBase64);
            }
        }
        return chain;
    }
}
