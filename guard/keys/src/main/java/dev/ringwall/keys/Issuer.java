package dev.ringwall.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority's name and key at work: puts certificates together and signs them (RFC 5280 §4).
final class Issuer {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 126;

    private final String system;
    private final X500Name name;
    private final PublicKey publicKey;
    private final ECPrivateKey key;
    private final Instant notAfter;

    private Issuer(
            String system, X500Name name, PublicKey publicKey, ECPrivateKey key, Instant notAfter) {
        this.system = system;
        this.name = name;
        this.publicKey = publicKey;
        this.key = key;
        this.notAfter = notAfter;
    }

    /// The holder of that certificate and its key.
    static Issuer holding(String system, X509Certificate certificate, ECPrivateKey key) {
        return new Issuer(
                system,
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()),
                certificate.getPublicKey(),
                key,
                certificate.getNotAfter().toInstant());
    }

    /// A root that signs itself: ten years, two levels, only names of its own system.
    static X509Certificate root(String system, PublicKey publicKey, ECPrivateKey key, Instant now)
            throws GeneralSecurityException {
        X500Name name = subject(system, BCStyle.CN, "Ringwall root");
        Issuer self = new Issuer(system, name, publicKey, key, Instant.MAX);
        return self.authority(name, publicKey, now, Lifetimes.ROOT, 1);
    }

    /// An authority below this one that can issue to programs and to nobody else.
    X509Certificate issuing(PublicKey subjectKey, Instant now) throws GeneralSecurityException {
        return authority(
                subject(system, BCStyle.CN, "Ringwall issuing"),
                subjectKey,
                now,
                Lifetimes.ISSUING,
                0);
    }

    /// What the profile asks for, to the holder of that key.
    X509Certificate leaf(Profile profile, PublicKey subjectKey, Instant now, Lifetimes lifetimes)
            throws GeneralSecurityException {
        return switch (profile) {
            case Profile.Workload(SpiffeId id, Set<String> hosts, Optional<String> instance) ->
                    end(
                            subject(system, BCStyle.OU, id.name(), instance),
                            names(id, hosts),
                            subjectKey,
                            now,
                            lifetimes.identity(),
                            Purpose.SERVER,
                            Purpose.CLIENT);
            case Profile.Operator() ->
                    end(
                            subject(system, BCStyle.OU, "operator"),
                            names(SpiffeId.operator(system), Set.of()),
                            subjectKey,
                            now,
                            lifetimes.operator(),
                            Purpose.CLIENT);
            case Profile.Documents() ->
                    end(
                            subject(system, BCStyle.OU, "control"),
                            names(SpiffeId.control(system), Set.of()),
                            subjectKey,
                            now,
                            lifetimes.documents(),
                            Purpose.DOCUMENTS);
            case Profile.Door(Set<String> hosts) -> {
                List<GeneralName> names = new ArrayList<>();
                hosts.stream()
                        .filter(host -> !Profile.Hosts.LOCAL.contains(host))
                        .forEach(host -> names.add(host(host)));
                Profile.Hosts.LOCAL.forEach(host -> names.add(host(host)));
                yield end(
                        subject(system, BCStyle.OU, "door"),
                        names,
                        subjectKey,
                        now,
                        lifetimes.door(),
                        Purpose.SERVER);
            }
        };
    }

    private X509Certificate authority(
            X500Name subject, PublicKey subjectKey, Instant now, Duration life, int levelsBelow)
            throws GeneralSecurityException {
        X509v3CertificateBuilder certificate = begin(subject, subjectKey, now, life);
        add(certificate, Extension.basicConstraints, true, new BasicConstraints(levelsBelow));
        add(
                certificate,
                Extension.keyUsage,
                true,
                new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        add(
                certificate,
                Extension.nameConstraints,
                true,
                new NameConstraints(
                        new GeneralSubtree[] {
                            new GeneralSubtree(
                                    new GeneralName(GeneralName.uniformResourceIdentifier, system))
                        },
                        null));
        return sign(certificate);
    }

    /// A certificate without anybody below it. Its subject has no common name: the JDK takes one for a host and adds it to the names of
    /// the certificate while it checks them, which two threads that check the same one at a time trip over.
    private X509Certificate end(
            X500Name subject,
            Collection<GeneralName> names,
            PublicKey subjectKey,
            Instant now,
            Duration life,
            Purpose... purposes)
            throws GeneralSecurityException {
        X509v3CertificateBuilder certificate = begin(subject, subjectKey, now, life);
        KeyPurposeId[] ids = new KeyPurposeId[purposes.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purposes[i].oid()));
        }
        add(certificate, Extension.basicConstraints, true, new BasicConstraints(false));
        add(certificate, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        add(certificate, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(ids));
        add(
                certificate,
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(names.toArray(GeneralName[]::new)));
        return sign(certificate);
    }

    private X509v3CertificateBuilder begin(
            X500Name subject, PublicKey subjectKey, Instant now, Duration life)
            throws GeneralSecurityException {
        Instant end = now.plus(life);
        X509v3CertificateBuilder certificate =
                new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS),
                        Date.from(now.minus(Lifetimes.BACKDATED)),
                        Date.from(end.isBefore(notAfter) ? end : notAfter),
                        subject,
                        subjectKey);
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        add(
                certificate,
                Extension.subjectKeyIdentifier,
                false,
                extensions.createSubjectKeyIdentifier(subjectKey));
        add(
                certificate,
                Extension.authorityKeyIdentifier,
                false,
                extensions.createAuthorityKeyIdentifier(publicKey));
        return certificate;
    }

    private X509Certificate sign(X509v3CertificateBuilder certificate)
            throws GeneralSecurityException {
        try {
            return Pem.certificate(
                    certificate
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                            .getEncoded());
        } catch (OperatorException | IOException cannotSign) {
            throw new GeneralSecurityException(cannotSign);
        }
    }

    private static void add(
            X509v3CertificateBuilder certificate,
            ASN1ObjectIdentifier id,
            boolean critical,
            ASN1Encodable value)
            throws GeneralSecurityException {
        try {
            certificate.addExtension(id, critical, value);
        } catch (IOException notEncodable) {
            throw new GeneralSecurityException(notEncodable);
        }
    }

    private static List<GeneralName> names(SpiffeId id, Set<String> hosts) {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.uniformResourceIdentifier, id.toString()));
        hosts.forEach(host -> names.add(host(host)));
        return names;
    }

    private static GeneralName host(String host) {
        boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static X500Name subject(String system, ASN1ObjectIdentifier kind, String name) {
        return subject(system, kind, name, Optional.empty());
    }

    private static X500Name subject(
            String system, ASN1ObjectIdentifier kind, String name, Optional<String> instance) {
        X500NameBuilder subject =
                new X500NameBuilder().addRDN(BCStyle.O, system).addRDN(kind, name);
        instance.ifPresent(one -> subject.addRDN(BCStyle.SERIALNUMBER, one));
        return subject.build();
    }
}
