package dev.ringwall.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// Signatures by Ed25519 as JOSE has them (RFC 8037 §3.1), made by the JDK: Nimbus would need another library for them.
public final class Ed25519 {

    static final int KEY_BYTES = 32;

    private static final String NAME = "Ed25519";

    /// What stands before the key in its X.509 form (RFC 8410 §4).
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    static KeyPair newKeyPair() {
        try {
            return KeyPairGenerator.getInstance(NAME).generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + NAME, missing);
        }
    }

    static OctetKeyPair.Builder jwk(PublicKey key) {
        byte[] encoded = key.getEncoded();
        byte[] x = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x));
    }

    /// The public half.
    ///
    /// @throws GeneralSecurityException when it is no key of Ed25519
    static PublicKey publicKey(OctetKeyPair jwk) throws GeneralSecurityException {
        byte[] x = jwk.getDecodedX();
        if (!Curve.Ed25519.equals(jwk.getCurve()) || x.length != KEY_BYTES) {
            throw new GeneralSecurityException("no key of " + NAME);
        }
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_BYTES);
        System.arraycopy(x, 0, encoded, X509_PREFIX.length, KEY_BYTES);
        return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
    }

    /// Whether the header says that the signature is one of these, by the name of RFC 8037 §3.1 or by that of RFC 9864 §2.2.
    public static boolean isNamed(JWSHeader header) {
        return JWSAlgorithm.EdDSA.equals(header.getAlgorithm())
                || NAME.equals(header.getAlgorithm().getName());
    }

    static JWSSigner signer(PrivateKey key) {
        return new Signs(key);
    }

    /// Checks signatures by that key. Any thread may use it.
    ///
    /// @throws JOSEException when it is no key of Ed25519
    public static JWSVerifier verifier(OctetKeyPair jwk) throws JOSEException {
        try {
            return new Checks(publicKey(jwk));
        } catch (GeneralSecurityException unusable) {
            throw new JOSEException(unusable.getMessage(), unusable);
        }
    }

    private static final class Signs extends BaseJWSProvider implements JWSSigner {

        private final PrivateKey key;

        Signs(PrivateKey key) {
            super(Set.of(JWSAlgorithm.EdDSA));
            this.key = key;
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] text) throws JOSEException {
            try {
                Signature signature = Signature.getInstance(NAME);
                signature.initSign(key);
                signature.update(text);
                return Base64URL.encode(signature.sign());
            } catch (GeneralSecurityException cannotSign) {
                throw new JOSEException("the key does not sign", cannotSign);
            }
        }
    }

    private static final class Checks extends BaseJWSProvider implements JWSVerifier {

        private final PublicKey key;

        Checks(PublicKey key) {
            super(Set.of(JWSAlgorithm.EdDSA));
            this.key = key;
        }

        @Override
        public boolean verify(JWSHeader header, byte[] text, Base64URL signed)
                throws JOSEException {
            try {
                Signature signature = Signature.getInstance(NAME);
                signature.initVerify(key);
                signature.update(text);
                return isNamed(header) && signature.verify(signed.decode());
            } catch (SignatureException malformed) {
                return false;
            } catch (GeneralSecurityException unusable) {
                throw new JOSEException("the key checks nothing", unusable);
            }
        }
    }
}
