package dev.ringwall.keys;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows the newest identity in every TLS handshake, as client and as server. Connections that stand are not touched by a change.
///
/// A handshake asks for the name of a key first and for the key later; the name stands for one identity, so that a change in between
/// mixes nothing up. Any thread may use it.
public final class TlsKeys extends X509ExtendedKeyManager {

    /// So many identities are remembered by name, the newest included.
    static final int REMEMBERED = 8;

    private static final Set<String> KEY_TYPES = Set.of("EC", "EC_EC");

    private final Supplier<Identity> newest;
    private final Map<String, Identity> byName =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Identity> eldest) {
                    return size() > REMEMBERED;
                }
            };

    /// Shows what the supplier gives at each handshake; a [Rotating] makes it change.
    public TlsKeys(Supplier<Identity> newest) {
        this.newest = newest;
    }

    private String name() {
        Identity identity = newest.get();
        String name = identity.certificate().getSerialNumber().toString(16);
        synchronized (byName) {
            byName.putIfAbsent(name, identity);
        }
        return name;
    }

    private @Nullable Identity named(@Nullable String alias) {
        synchronized (byName) {
            return byName.get(alias);
        }
    }

    private @Nullable String choose(String @Nullable [] keyTypes) {
        for (String type : keyTypes == null ? new String[0] : keyTypes) {
            if (KEY_TYPES.contains(type)) {
                return name();
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(new String[] {keyType});
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(new String[] {keyType});
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        String name = choose(new String[] {keyType});
        return name == null ? null : new String[] {name};
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Identity identity = named(alias);
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Identity identity = named(alias);
        return identity == null ? null : identity.privateKey();
    }
}
