package dev.ringwall.keys;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Lets a TLS handshake end well only with a peer of this system, and only with one that is wanted here.
///
/// It stands in the place of host name checks: who connects says which SPIFFE id must answer.
public final class TlsTrust extends X509ExtendedTrustManager {

    private final PeerVerifier verifier;
    private final Predicate<SpiffeId> wanted;

    private TlsTrust(PeerVerifier verifier, Predicate<SpiffeId> wanted) {
        this.verifier = verifier;
        this.wanted = wanted;
    }

    /// Everyone in the system: for a server that looks at the peer's id afterwards.
    public static TlsTrust everyone(PeerVerifier verifier) {
        return new TlsTrust(verifier, _ -> true);
    }

    /// Just that one: for a client that knows whom it calls.
    public static TlsTrust only(PeerVerifier verifier, SpiffeId wanted) {
        return new TlsTrust(verifier, wanted::equals);
    }

    /// Those for whom it holds; it is asked anew at each handshake.
    public static TlsTrust whoever(PeerVerifier verifier, Predicate<SpiffeId> wanted) {
        return new TlsTrust(verifier, wanted);
    }

    private void check(X509Certificate @Nullable [] chain, Purpose purpose)
            throws CertificateException {
        switch (verifier.verify(chain == null ? List.of() : List.of(chain), purpose)) {
            case PeerVerifier.Verdict.Trusted(SpiffeId id) when wanted.test(id) -> {}
            case PeerVerifier.Verdict.Trusted(SpiffeId id) ->
                    throw new CertificateException(id + " is not wanted here");
            case PeerVerifier.Verdict.Untrusted(String reason) ->
                    throw new CertificateException(reason);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        check(chain, Purpose.CLIENT);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, Purpose.CLIENT);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, Purpose.CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        check(chain, Purpose.SERVER);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, Purpose.SERVER);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, Purpose.SERVER);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {verifier.root().certificate()};
    }
}
