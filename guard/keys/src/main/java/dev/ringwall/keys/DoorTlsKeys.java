package dev.ringwall.keys;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows strangers the newest certificate for the host that they ask for (RFC 6066 §3). Connections that stand are not touched by a change.
///
/// As in [TlsKeys], the name that a handshake gets first stands for one certificate, so that a change in between mixes nothing up. Any
/// thread may use it.
public final class DoorTlsKeys extends X509ExtendedKeyManager {

    /// So many certificates are remembered by name; more than are shown at one door, twice.
    static final int REMEMBERED = 256;

    private static final Map<String, String> KINDS =
            new HashMap<>(Map.of("EC", "EC", "EC_EC", "EC", "RSA", "RSA", "RSASSA-PSS", "RSA"));

    private final Supplier<DoorCertificates> newest;
    private final Map<String, ServerCertificate> byName =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ServerCertificate> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /// Shows what the supplier gives at each handshake.
    public DoorTlsKeys(Supplier<DoorCertificates> newest) {
        this.newest = newest;
    }

    private @Nullable String choose(@Nullable String keyType, Optional<String> host) {
        ServerCertificate shown = newest.get().shownTo(host);
        if (!shown.keyType().equals(KINDS.get(keyType))) {
            return null;
        }
        String name =
                Integer.toHexString(System.identityHashCode(shown))
                        + "-"
                        + shown.chain().getFirst().getSerialNumber().toString(16);
        synchronized (byName) {
            byName.put(name, shown);
        }
        return name;
    }

    private @Nullable ServerCertificate named(@Nullable String alias) {
        synchronized (byName) {
            return byName.get(alias);
        }
    }

    private static Optional<String> asked(@Nullable SSLEngine engine) {
        if (engine == null
                || !(engine.getHandshakeSession() instanceof ExtendedSSLSession session)) {
            return Optional.empty();
        }
        for (SNIServerName name : session.getRequestedServerNames()) {
            if (name instanceof SNIHostName host) {
                return Optional.of(host.getAsciiName());
            }
        }
        return Optional.empty();
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyType, asked(engine));
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType, Optional.empty());
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String name = choose(keyType, Optional.empty());
        return name == null ? null : new String[] {name};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ServerCertificate shown = named(alias);
        return shown == null ? null : shown.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ServerCertificate shown = named(alias);
        return shown == null ? null : shown.privateKey();
    }
}
