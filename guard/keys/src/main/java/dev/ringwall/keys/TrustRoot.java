package dev.ringwall.keys;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/// The one certificate that everybody in a system trusts, and the system that it speaks for.
public final class TrustRoot {

    private final X509Certificate certificate;
    private final String system;

    private TrustRoot(X509Certificate certificate, String system) {
        this.certificate = certificate;
        this.system = system;
    }

    /// Takes the certificate as the root, which is the caller's decision; what is checked is that it is one.
    ///
    /// @throws GeneralSecurityException when it is not a self-signed certificate authority that names a system
    public static TrustRoot of(X509Certificate certificate) throws GeneralSecurityException {
        certificate.verify(certificate.getPublicKey());
        RDN[] organisation =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                        .getRDNs(BCStyle.O);
        String system =
                organisation.length == 1
                        ? IETFUtils.valueToString(organisation[0].getFirst().getValue())
                        : "";
        if (certificate.getBasicConstraints() < 0 || !SpiffeId.canName(system)) {
            throw new CertificateException("not the root of a system");
        }
        return new TrustRoot(certificate, system);
    }

    /// Reads it from PEM.
    public static TrustRoot parse(String pem) throws GeneralSecurityException {
        return of(Pem.certificate(Pem.block(pem, Pem.CERTIFICATE)));
    }

    /// The certificate.
    public X509Certificate certificate() {
        return certificate;
    }

    /// The trust domain.
    public String system() {
        return system;
    }

    /// SHA-256 of the certificate's DER form, 64 hexadecimal digits.
    public String fingerprint() {
        return Certificates.hex(Certificates.sha256(certificate));
    }

    /// The certificate as PEM.
    public String pem() {
        return Pem.write(Pem.CERTIFICATE, Certificates.der(certificate));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustRoot that
                && MessageDigest.isEqual(
                        Certificates.der(certificate), Certificates.der(that.certificate));
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }

    @Override
    public String toString() {
        return "TrustRoot[" + system + ", " + fingerprint() + "]";
    }
}
