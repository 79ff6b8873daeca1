package dev.ringwall.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority of its own, for TLS between a test and the provider.
final class TestAuthority {

    private static final char[] NO_PASSWORD = new char[0];

    private final KeyPair pair = pair();
    private final X509Certificate root = certificate("ca", pair, true);

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private X509Certificate certificate(String name, KeyPair holder, boolean authority) {
        Instant now = Instant.now();
        X500Name subject = new X500Name("CN=" + name);
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name("CN=ca"),
                        new BigInteger(64, new SecureRandom()),
                        Date.from(now.minus(Duration.ofMinutes(1))),
                        Date.from(now.plus(Duration.ofHours(1))),
                        subject,
                        holder.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            new GeneralName[] {
                                new GeneralName(
                                        GeneralName.uniformResourceIdentifier,
                                        "spiffe://shop/" + name),
                                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                            }));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(pair.getPrivate())));
        } catch (IOException | OperatorException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Its own.
    X509Certificate root() {
        return root;
    }

    /// One for that name.
    X509Certificate certificate(String name) {
        return certificate(name, pair(), false);
    }

    X509ExtendedKeyManager keys(String name) {
        try {
            KeyPair holder = pair();
            // One of PKCS12 unlocks the key for each handshake with 10 000 rounds of PBKDF2.
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry(
                    "it",
                    holder.getPrivate(),
                    NO_PASSWORD,
                    new X509Certificate[] {certificate(name, holder, false)});
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, NO_PASSWORD);
            return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    X509ExtendedTrustManager trust() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("root", root);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// TLS as that member of the system; as nobody when the name is empty.
    SSLContext as(String name) {
        return as(name, this);
    }

    /// TLS with a certificate of this authority at a server of another one.
    SSLContext as(String name, TestAuthority servers) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    name.isEmpty() ? null : new X509ExtendedKeyManager[] {keys(name)},
                    new TrustManager[] {servers.trust()},
                    null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Whether the certificate names the gateway.
    static boolean isGateway(X509Certificate certificate) {
        try {
            return certificate.getSubjectAlternativeNames().stream()
                    .anyMatch(name -> List.of(6, "spiffe://shop/gateway").equals(name));
        } catch (GeneralSecurityException unreadable) {
            return false;
        }
    }
}
