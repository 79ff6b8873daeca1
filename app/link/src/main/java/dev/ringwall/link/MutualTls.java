package dev.ringwall.link;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.TlsKeys;
import dev.ringwall.keys.TlsTrust;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// TLS 1.3 between Ringwall's own processes, where both sides show who they are.
public final class MutualTls {

    private static final String VERSION = "TLSv1.3";

    private MutualTls() {}

    /// For a client that calls the control plane, showing the newest identity at each handshake.
    public static SSLContext toControl(Supplier<Identity> own, PeerVerifier verifier) {
        return context(new KeyManager[] {new TlsKeys(own)}, toControl(verifier));
    }

    /// For a client that has no identity yet and asks for its first.
    public static SSLContext toControlWithoutIdentity(PeerVerifier verifier) {
        return context(new KeyManager[0], toControl(verifier));
    }

    private static TlsTrust toControl(PeerVerifier verifier) {
        return TlsTrust.only(verifier, SpiffeId.control(verifier.root().system()));
    }

    private static SSLContext context(KeyManager[] keys, TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + VERSION, missing);
        }
    }
}
