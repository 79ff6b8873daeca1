package dev.ringwall.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/// The few things that the JDK says about certificates and P-256 keys, without its checked exceptions where they cannot happen.
final class Certificates {

    private static final String CURVE = "secp256r1";
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final int SAN_URI = 6;

    private Certificates() {}

    static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + CURVE, missing);
        }
    }

    /// Whether it is a point on P-256, the one curve of this house.
    static boolean isP256(PublicKey key) {
        return key instanceof ECPublicKey ec && ec.getParams().getOrder().equals(ORDER);
    }

    /// Whether the two halves belong together, shown by a signature.
    static boolean belongTogether(PrivateKey key, PublicKey half) throws GeneralSecurityException {
        return belongTogether(
                key, half, "RSA".equals(half.getAlgorithm()) ? "SHA256withRSA" : "SHA256withECDSA");
    }

    /// The same, shown by a signature of that algorithm of the JDK.
    static boolean belongTogether(PrivateKey key, PublicKey half, String algorithm)
            throws GeneralSecurityException {
        byte[] anything = "do these belong together?".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(half);
        signature.update(anything);
        return signature.verify(signed);
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException notEncodable) {
            throw new IllegalStateException(
                    "a certificate that was read cannot be written", notEncodable);
        }
    }

    /// SHA-256 of the certificate's DER form.
    static byte[] sha256(X509Certificate certificate) {
        return sha256(der(certificate));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /// The URIs among the alternative names.
    static List<String> uris(X509Certificate certificate) throws CertificateParsingException {
        List<String> uris = new ArrayList<>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names != null) {
            for (List<?> name : names) {
                if (name.get(0) instanceof Integer kind && kind == SAN_URI) {
                    uris.add(String.valueOf(name.get(1)));
                }
            }
        }
        return uris;
    }
}
