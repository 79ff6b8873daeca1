package dev.ringwall.control;

import dev.ringwall.keys.CertificateAuthority;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Lifetimes;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.keys.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An authority for servers that stand outside the system, and who believes it.
final class TestCertificates {

    private static final char[] PASSWORD = "test".toCharArray();

    private final CertificateAuthority authority;

    TestCertificates(Path folder) {
        try {
            if (!(CertificateAuthority.open(
                            folder,
                            "elsewhere",
                            Vault.under(UnlockSecret.of("a secret that only tests know")),
                            InstantSource.system(),
                            Lifetimes.DEFAULT)
                    instanceof CertificateAuthority.Opened.Ready(CertificateAuthority ready))) {
                throw new IllegalStateException("no authority in " + folder);
            }
            this.authority = ready;
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    /// What a server of that name shows.
    SSLContext of(String host) {
        try {
            Identity identity =
                    authority.issue(
                            new Profile.Workload(new SpiffeId("elsewhere", "mail"), Set.of(host)));
            KeyStore store = empty();
            store.setKeyEntry(
                    "server",
                    identity.privateKey(),
                    PASSWORD,
                    identity.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Who believes this authority and no other, by the JDK's own rules.
    SSLContext trusting() {
        try {
            KeyStore store = empty();
            store.setCertificateEntry("root", authority.root().certificate());
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
