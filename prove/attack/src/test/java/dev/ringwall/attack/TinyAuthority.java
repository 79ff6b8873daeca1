package dev.ringwall.attack;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The certificate authority of the tiny system.
final class TinyAuthority {

    private final KeyPair keys = Pki.keys();
    private final X509Certificate certificate = issue("CN=tiny root", keys, true, List.of());

    X509Certificate certificate() {
        return certificate;
    }

    Pki.Identity issue(String spiffeId) {
        KeyPair leaf = Pki.keys();
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.uniformResourceIdentifier, spiffeId));
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.dNSName, TinyBlueprint.PROGRAMS));
        return new Pki.Identity(
                leaf.getPrivate(), List.of(issue("CN=tiny", leaf, false, names), certificate));
    }

    private X509Certificate issue(
            String subject, KeyPair subjectKeys, boolean authority, List<GeneralName> names) {
        try {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            new X500Name("CN=tiny root"),
                            new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                            Date.from(now.minusSeconds(60)),
                            Date.from(now.plusSeconds(3600)),
                            new X500Name(subject),
                            subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(keys.getPrivate())));
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    /// For sessions that were good for longer than tickets may be (RFC 8446 §4.6.1) the JDK gives none.
    private static final int NO_TICKETS_SECONDS = 8 * 24 * 60 * 60;

    /// What a server shows, and whom it trusts.
    ///
    /// @param tickets whether who was there may come back on a ticket
    SSLContext server(Pki.Identity identity, boolean anybody, boolean tickets) {
        try {
            // One of PKCS12 unlocks the key for each handshake with 10 000 rounds of PBKDF2.
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry(
                    "own",
                    identity.key(),
                    new char[0],
                    identity.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
            shown.init(store, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("root", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    shown.getKeyManagers(),
                    anybody ? new TrustManager[] {new TrustsAnybody()} : trust.getTrustManagers(),
                    null);
            if (!tickets) {
                context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
            }
            return context;
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    static Insider pem(Pki.Identity identity) {
        try {
            java.io.StringWriter chain = new java.io.StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(chain)) {
                for (X509Certificate one : identity.chain()) {
                    writer.writeObject(one);
                }
            }
            java.io.StringWriter key = new java.io.StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(key)) {
                writer.writeObject(
                        new org.bouncycastle.openssl.jcajce.JcaPKCS8Generator(
                                identity.key(), null));
            }
            return new Insider(chain.toString(), key.toString());
        } catch (java.io.IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
