package dev.ringwall.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/// Textual encodings of certificates and keys (RFC 7468).
final class Pem {

    static final String CERTIFICATE = "CERTIFICATE";
    static final String PRIVATE_KEY = "PRIVATE KEY";
    static final String ENCRYPTED_PRIVATE_KEY = "ENCRYPTED PRIVATE KEY";
    static final String CERTIFICATE_REQUEST = "CERTIFICATE REQUEST";

    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z ]{1,40})-----\\s([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private static final Map<ASN1ObjectIdentifier, String> KINDS =
            Map.of(
                    X9ObjectIdentifiers.id_ecPublicKey, "EC",
                    PKCSObjectIdentifiers.rsaEncryption, "RSA",
                    EdECObjectIdentifiers.id_Ed25519, "Ed25519");

    private Pem() {}

    static String write(String label, byte[] der) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + LINES.encodeToString(der)
                + "\n-----END "
                + label
                + "-----\n";
    }

    static String write(List<X509Certificate> chain) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : chain) {
            text.append(write(CERTIFICATE, Certificates.der(certificate)));
        }
        return text.toString();
    }

    /// What stands in the blocks of that label, in order.
    static List<byte[]> blocks(String text, String label) throws GeneralSecurityException {
        List<byte[]> found = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                try {
                    found.add(Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", "")));
                } catch (IllegalArgumentException notBase64) {
                    throw new GeneralSecurityException("a PEM block that is not base64", notBase64);
                }
            }
        }
        return found;
    }

    /// What stands in the one block of that label.
    static byte[] block(String text, String label) throws GeneralSecurityException {
        List<byte[]> found = blocks(text, label);
        if (found.size() != 1) {
            throw new GeneralSecurityException(
                    found.size() + " PEM blocks " + label + " (expected: 1)");
        }
        return found.getFirst();
    }

    /// The certificates in the text, in order, at least one and at most [PeerVerifier#CHAIN_MAX].
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        return certificates(text, PeerVerifier.CHAIN_MAX);
    }

    static List<X509Certificate> certificates(String text, int most)
            throws GeneralSecurityException {
        List<byte[]> blocks = blocks(text, CERTIFICATE);
        if (blocks.isEmpty() || blocks.size() > most) {
            throw new GeneralSecurityException(
                    blocks.size() + " certificates (expected: 1 to " + most + ")");
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (byte[] der : blocks) {
            chain.add(certificate(der));
        }
        return chain;
    }

    static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    static ECPrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey key =
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        return (ECPrivateKey) key;
    }

    /// A private key of one of the kinds that sign here: P-256, RSA, Ed25519.
    static PrivateKey keyOfAnyKind(byte[] pkcs8) throws GeneralSecurityException {
        PrivateKeyInfo info;
        try {
            info = PrivateKeyInfo.getInstance(pkcs8);
        } catch (IllegalArgumentException notAKey) {
            throw new GeneralSecurityException("no private key", notAKey);
        }
        ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
        String algorithm = KINDS.get(kind);
        if (algorithm == null) {
            throw new GeneralSecurityException("a private key of another kind: " + kind);
        }
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /// The one private key in the text, EC or RSA, as any tool writes it: PKCS#8, PKCS#1 or SEC 1, not encrypted.
    static PrivateKey anyPrivateKey(String text) throws GeneralSecurityException {
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                switch (part) {
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PrivateKeyInfo key -> {
                        return converter.getPrivateKey(key);
                    }
                    case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                            throw new GeneralSecurityException(
                                    "the private key is locked by a password");
                    default -> {} // parameters of a curve stand before some keys
                }
            }
            throw new GeneralSecurityException("no private key");
        } catch (IOException unreadable) {
            throw new GeneralSecurityException("the private key cannot be read", unreadable);
        }
    }
}
