package dev.ringwall.keys;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Trusts a control plane of which no more is known than the fingerprint of its root, as a [JoinToken] carries it.
///
/// The chain that is shown must end in the very root, and be the control plane's. After the handshake [#root] is what to pin.
public final class JoinTrust extends X509ExtendedTrustManager {

    private final String rootFingerprint;
    private final InstantSource clock;
    private final AtomicReference<@Nullable TrustRoot> root = new AtomicReference<>();

    /// Trusts the control plane that made the token.
    public JoinTrust(JoinToken token, InstantSource clock) {
        this.rootFingerprint = token.rootFingerprint();
        this.clock = clock;
    }

    /// The root, once a handshake has shown it.
    public Optional<TrustRoot> root() {
        return Optional.ofNullable(root.get());
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        X509Certificate last = chain[chain.length - 1];
        String shown = Certificates.hex(Certificates.sha256(last));
        if (!MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.US_ASCII),
                rootFingerprint.getBytes(StandardCharsets.US_ASCII))) {
            throw new CertificateException(
                    "the root " + shown + " (expected: " + rootFingerprint + ")");
        }
        try {
            TrustRoot pinned = TrustRoot.of(last);
            TlsTrust.only(new PeerVerifier(pinned, clock), SpiffeId.control(pinned.system()))
                    .checkServerTrusted(chain, "");
            root.set(pinned);
        } catch (CertificateException refused) {
            throw refused;
        } catch (GeneralSecurityException noRoot) {
            throw new CertificateException(noRoot);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("a node that joins serves nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
