package dev.ringwall.attack;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/// A code verifier and its S256 challenge (RFC 7636 §4).
record Pkce(String verifier, String challenge) {

    static Pkce fresh() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String verifier = Base64URL.encode(random).toString();
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return new Pkce(verifier, Base64URL.encode(hash).toString());
        } catch (NoSuchAlgorithmException noSha256) {
            throw new IllegalStateException(noSha256);
        }
    }

    @Override
    public String toString() {
        return "Pkce[…]";
    }
}
