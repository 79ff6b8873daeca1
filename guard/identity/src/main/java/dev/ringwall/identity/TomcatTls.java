package dev.ringwall.identity;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLContext;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/// Makes Tomcat speak TLS 1.3 with keys and trust that are handed to it rather than read from files, so that they can change while it
/// runs.
final class TomcatTls implements SSLContext {

    private final MutualTls tls;
    private final javax.net.ssl.SSLContext context;

    TomcatTls(MutualTls tls) {
        this.tls = tls;
        try {
            this.context = javax.net.ssl.SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {tls.keys()}, new TrustManager[] {tls.trust()}, null);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has TLS 1.3", missing);
        }
    }

    /// Applies it to a connector. A peer may show no certificate; who needs one looks for it.
    void on(Connector connector) {
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.3");
        host.setCertificateVerification("optional");
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setSslContext(this);
        host.addCertificate(certificate);
        connector.setScheme("https");
        connector.setSecure(true);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
            http.setSSLEnabled(true);
        }
        connector.addSslHostConfig(host);
    }

    @Override
    public void init(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        // Made in the constructor.
    }

    @Override
    public void destroy() {
        // Holds nothing.
    }

    @Override
    public SSLSessionContext getServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    public SSLEngine createSSLEngine() {
        return context.createSSLEngine();
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return context.getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return context.getSupportedSSLParameters();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        X509Certificate[] chain = tls.keys().getCertificateChain(alias);
        return chain == null ? new X509Certificate[0] : chain;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return tls.trust().getAcceptedIssuers();
    }
}
