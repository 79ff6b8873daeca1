package dev.ringwall.identity;

import dev.ringwall.people.Sealing;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals with a key that the test has. What seals in a system lies in another room.
final class TestSealing implements Sealing {

    private static final int TAG_BITS = 128;
    private static final byte[] KEY = new byte[16];

    @Override
    public String seal(byte[] secret) {
        return Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE, secret));
    }

    @Override
    public Optional<byte[]> open(String sealed) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, Base64.getDecoder().decode(sealed)));
        } catch (IllegalArgumentException | IllegalStateException altered) {
            return Optional.empty();
        }
    }

    private static byte[] cipher(int mode, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(KEY, "AES"),
                    new GCMParameterSpec(TAG_BITS, new byte[12]));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
