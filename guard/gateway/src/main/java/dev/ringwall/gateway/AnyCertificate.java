package dev.ringwall.gateway;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Takes every certificate that a caller shows at the door, within limits. Nobody is trusted for it: the handshake shows that the caller
/// holds its key, which is what a token that is bound to it needs (RFC 8705 §3), and who it belongs to is for the identity provider to find
/// out. It is for servers alone.
final class AnyCertificate extends X509ExtendedTrustManager {

    /// The largest certificate, in bytes.
    static final int BYTES_MAX = 4 << 10;

    /// The most certificates that a caller shows.
    static final int CHAIN_MAX = 4;

    private static void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length > CHAIN_MAX) {
            throw new CertificateException(
                    chain.length + " certificates (expected: at most " + CHAIN_MAX + ")");
        }
        for (X509Certificate each : chain) {
            if (each.getEncoded().length > BYTES_MAX) {
                throw new CertificateException(
                        "a certificate of more than " + BYTES_MAX + " bytes");
            }
        }
    }

    private static void notAServer() throws CertificateException {
        throw new CertificateException("the door calls nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        notAServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        notAServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        notAServer();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
