package dev.ringwall.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A key that was made for the public name, for a certificate that another authority issues. Unlike a [NewKey] it leaves: to each gateway
/// that the name leads to.
public final class DoorKey {

    private static final ASN1ObjectIdentifier ACME_IDENTIFIER =
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31");

    private static final Duration AROUND = Duration.ofDays(1);
    private static final int SERIAL_BITS = 127;

    private final KeyPair pair;

    private DoorKey(KeyPair pair) {
        this.pair = pair;
    }

    /// A fresh P-256 key.
    public static DoorKey make() {
        return new DoorKey(Certificates.newKeyPair());
    }

    /// Both halves, to ask for a certificate with.
    public KeyPair pair() {
        return pair;
    }

    /// What an authority sees that asks whether a host name is ours (RFC 8737 §3): for that name alone, with the digest of what was agreed on
    /// in an extension that whoever does not know it must refuse.
    ///
    /// @param digest SHA-256 of the key authorization (RFC 8555 §8.1)
    public X509Certificate proof(String host, byte[] digest, Instant now) {
        try {
            X500Name nobody = new X500Name("CN=acme.invalid");
            JcaX509v3CertificateBuilder building =
                    new JcaX509v3CertificateBuilder(
                            nobody,
                            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
                            Date.from(now.minus(AROUND)),
                            Date.from(now.plus(AROUND)),
                            nobody,
                            pair.getPublic());
            building.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            building.addExtension(ACME_IDENTIFIER, true, new DEROctetString(digest));
            return Pem.certificate(
                    building.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(pair.getPrivate()))
                            .getEncoded());
        } catch (OperatorException | IOException | GeneralSecurityException cannotSign) {
            throw new IllegalStateException("a fresh key does not sign", cannotSign);
        }
    }

    /// The private half, PKCS#8 in PEM, as [ServerCertificate#read] takes it.
    public String dangerousPem() {
        return Pem.write(Pem.PRIVATE_KEY, pair.getPrivate().getEncoded());
    }

    /// Certificates in PEM, in their order.
    public static String chainPem(List<X509Certificate> chain) {
        return Pem.write(chain);
    }

    @Override
    public String toString() {
        return "DoorKey[…]";
    }
}
