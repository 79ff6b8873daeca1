package dev.ringwall.command;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A key that a client of the conformance suite signs with, made for one run: the suite holds the private half, the provider the public one.
record SuiteKey(KeyPair pair, String kid) {

    private static final int BYTES = 32;

    static SuiteKey fresh(String kid) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new SuiteKey(generator.generateKeyPair(), kid);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has P-256", impossible);
        }
    }

    /// The public half as a JWK set (RFC 7517 §5).
    Map<String, Object> published() {
        return Map.of("keys", List.of(open()));
    }

    /// Both halves as a JWK set, for the suite.
    Map<String, Object> dangerousJwks() {
        Map<String, Object> jwk = open();
        jwk.put("d", text(((ECPrivateKey) pair.getPrivate()).getS()));
        return Map.of("keys", List.of(jwk));
    }

    private Map<String, Object> open() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "EC");
        jwk.put("crv", "P-256");
        jwk.put("use", "sig");
        jwk.put("alg", "ES256");
        jwk.put("kid", kid);
        jwk.put("x", text(key.getW().getAffineX()));
        jwk.put("y", text(key.getW().getAffineY()));
        return jwk;
    }

    private static String text(BigInteger number) {
        byte[] bytes = new byte[BYTES];
        byte[] all = number.toByteArray();
        int from = Math.max(0, all.length - BYTES);
        System.arraycopy(all, from, bytes, BYTES - (all.length - from), all.length - from);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SuiteKey[" + kid + "]";
    }
}
