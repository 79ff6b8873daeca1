package dev.ringwall.gateway;

import dev.ringwall.keys.Thumbprint;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What is known of a stranger from the handshake at the door.
///
/// @param reached     our end of the connection
/// @param asked       whether a certificate was asked for
/// @param certificate the one whose key the stranger holds
record Outsider(InetSocketAddress reached, boolean asked, Optional<Shown> certificate) {

    /// A certificate that a stranger showed, and whose key it holds. Nobody vouches for what it says.
    ///
    /// @param thumbprint SHA-256 of it, base64url: what `cnf` of a token must say (RFC 8705 §3.1)
    /// @param leaf       as a header says it (RFC 9440 §2.1)
    /// @param above      what was shown with it, likewise; often empty
    record Shown(String thumbprint, String leaf, List<String> above) {
        Shown {
            above = List.copyOf(above);
        }
    }

    static Outsider of(InetSocketAddress reached, SSLEngine engine) {
        boolean asked = engine.getWantClientAuth();
        return new Outsider(reached, asked, asked ? shown(engine) : Optional.empty());
    }

    private static Optional<Shown> shown(SSLEngine engine) {
        try {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            List<String> said = new ArrayList<>();
            for (Certificate each : chain) {
                // RFC 8941 §3.3.5: a byte sequence
                said.add(":" + Base64.getEncoder().encodeToString(each.getEncoded()) + ":");
            }
            return Optional.of(
                    new Shown(
                            Thumbprint.of((X509Certificate) chain[0]),
                            said.getFirst(),
                            said.subList(1, said.size())));
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        } catch (CertificateEncodingException cannot) {
            throw new IllegalStateException(
                    "a certificate that was read cannot be written", cannot);
        }
    }
}
