package dev.ringwall.control;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.HttpConnector;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/// How an authority is reached that certifies the public name: over TLS, known by the public roots or by those of a file and no others.
final class AcmeAuthority extends GenericAcmeProvider implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http;

    private AcmeAuthority(HttpClient http) {
        this.http = http;
    }

    /// @param trust PEM, the roots by which it is known; empty for those of this Java
    /// @throws IOException when that file cannot be read or holds no certificate
    static AcmeAuthority knownBy(Optional<Path> trust) throws IOException {
        HttpClient.Builder http =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_WITHIN)
                        .followRedirects(HttpClient.Redirect.NEVER);
        if (trust.isPresent()) {
            http.sslContext(trusting(trust.get()));
        }
        return new AcmeAuthority(http.build());
    }

    Session session(URI directory) {
        Session session = new Session(directory, this);
        session.networkSettings().setTimeout(ANSWER_WITHIN);
        return session;
    }

    @Override
    protected HttpConnector createHttpConnector(NetworkSettings settings, HttpClient theirs) {
        return new HttpConnector(settings, http);
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> roots =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (roots.isEmpty()) {
                throw new IOException(file + " holds no certificate (expected: roots in PEM)");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate root : roots) {
                store.setCertificateEntry(Integer.toString(store.size()), root);
            }
            TrustManagerFactory managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, managers.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException unreadable) {
            throw new IOException(
                    file + " cannot be read as certificates (expected: roots in PEM)", unreadable);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
