package dev.ringwall.attack;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The attacker's own certificate authority, and TLS with whatever identity it likes.
final class Pki {

    private static final Duration LIFETIME = Duration.ofHours(1);

    private final InstantSource clock;
    private final Identity authority;

    /// A key and the chain that vouches for it, leaf first.
    record Identity(PrivateKey key, List<X509Certificate> chain) {
        Identity {
            chain = List.copyOf(chain);
        }

        X509Certificate leaf() {
            return chain.getFirst();
        }

        @Override
        public String toString() {
            return "Identity[" + leaf().getSubjectX500Principal() + "]";
        }
    }

    Pki(InstantSource clock) {
        this.clock = clock;
        this.authority = authority(new X500Name("CN=nobody knows this authority"));
    }

    /// An identity of that SPIFFE id, signed by the attacker's own authority.
    Identity foreign(String spiffeId) {
        return leaf(authority, spiffeId);
    }

    /// An identity of that SPIFFE id from an authority that bears the name of the real one.
    Identity lookalike(String spiffeId, X509Certificate real) {
        return leaf(
                authority(X500Name.getInstance(real.getSubjectX500Principal().getEncoded())),
                spiffeId);
    }

    /// An identity that nobody but itself vouches for.
    Identity selfSigned(String spiffeId) {
        KeyPair keys = keys();
        X500Name name = new X500Name("CN=self");
        return new Identity(
                keys.getPrivate(),
                List.of(certificate(name, keys, name, keys.getPrivate(), spiffeId)));
    }

    /// A certificate for the key that nobody but itself vouches for, base64 DER.
    String certificate(KeyPair keys) {
        X500Name name = new X500Name("CN=self");
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            certificate(name, keys, name, keys.getPrivate(), "").getEncoded());
        } catch (CertificateException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Identity authority(X500Name name) {
        KeyPair keys = keys();
        return new Identity(
                keys.getPrivate(), List.of(certificate(name, keys, name, keys.getPrivate(), "")));
    }

    private Identity leaf(Identity issuer, String spiffeId) {
        KeyPair keys = keys();
        X500Name by = X500Name.getInstance(issuer.leaf().getSubjectX500Principal().getEncoded());
        X509Certificate leaf =
                certificate(new X500Name("CN=leaf"), keys, by, issuer.key(), spiffeId);
        return new Identity(keys.getPrivate(), List.of(leaf, issuer.leaf()));
    }

    /// An authority's certificate when the SPIFFE id is empty, else a leaf that is for all that a node's is for: nothing is wrong with it but
    /// who signed it.
    private X509Certificate certificate(
            X500Name subject, KeyPair keys, X500Name by, PrivateKey signer, String spiffeId) {
        Instant now = clock.instant();
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            by,
                            new BigInteger(64, new SecureRandom()).add(BigInteger.ONE),
                            Date.from(now.minus(LIFETIME)),
                            Date.from(now.plus(LIFETIME)),
                            subject,
                            keys.getPublic());
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(spiffeId.isEmpty()));
            if (!spiffeId.isEmpty()) {
                builder.addExtension(
                        Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(
                                new KeyPurposeId[] {
                                    KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth
                                }));
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        true,
                        new GeneralNames(
                                new GeneralName(GeneralName.uniformResourceIdentifier, spiffeId)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
        } catch (IOException | OperatorCreationException | CertificateException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException noCurve) {
            throw new IllegalStateException(noCurve);
        }
    }

    /// The identity of a service, as it was handed over.
    static Identity of(Insider insider) throws NotPlayable {
        List<X509Certificate> chain = new ArrayList<>();
        try (PEMParser certificates = new PEMParser(new StringReader(insider.certificatesPem()));
                PEMParser keys = new PEMParser(new StringReader(insider.keyPem()))) {
            while (certificates.readObject() instanceof X509CertificateHolder holder) {
                chain.add(new JcaX509CertificateConverter().getCertificate(holder));
            }
            Object key = keys.readObject();
            PrivateKeyInfo info =
                    switch (key) {
                        case PrivateKeyInfo found -> found;
                        case PEMKeyPair pair -> pair.getPrivateKeyInfo();
                        case null, default ->
                                throw new NotPlayable("the identity has no private key");
                    };
            if (chain.isEmpty()) {
                throw new NotPlayable("the identity has no certificate");
            }
            return new Identity(new JcaPEMKeyConverter().getPrivateKey(info), chain);
        } catch (IOException | CertificateException unreadable) {
            throw new NotPlayable("the identity cannot be read: " + unreadable.getMessage());
        }
    }

    /// An identity that bears the name of that certificate, and that nobody but itself vouches for.
    Identity namesake(X509Certificate real) {
        KeyPair keys = keys();
        X500Name name = X500Name.getInstance(real.getSubjectX500Principal().getEncoded());
        return new Identity(
                keys.getPrivate(), List.of(certificate(name, keys, name, keys.getPrivate(), "")));
    }

    /// TLS as a careful client does it: only what that authority vouches for.
    static SSLContext trusting(X509Certificate authority, KeyManager... shown) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", authority);
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return context(shown, factory.getTrustManagers());
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// TLS as an attacker does it: talks to anybody, and shows the identity whether it is asked for or not.
    static SSLContext careless(Optional<Identity> identity) {
        KeyManager[] keys =
                identity.map(shown -> new KeyManager[] {new Insistent(shown)})
                        .orElse(new KeyManager[0]);
        return context(keys, new TrustManager[] {new TrustsAnybody()});
    }

    /// TLS as somebody does it who shows its identity once and never again.
    static SSLContext forgetful(Identity identity) {
        return context(
                new KeyManager[] {new ShownOnce(identity)},
                new TrustManager[] {new TrustsAnybody()});
    }

    /// For a server of that identity.
    static SSLContext server(Identity identity) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    "own",
                    identity.key(),
                    new char[0],
                    identity.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            return context(keys.getKeyManagers(), new TrustManager[0]);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
