package dev.ringwall.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// The public half of a log's key, and the name that it signs under; all that an outsider needs to check the log
/// (C2SP signed-note, Ed25519).
///
/// Written `shop.ringwall/audit+1a2b3c4d+AQ…`: name, key id, and in base 64 the type of signature and the key.
public final class VerifierKey {

    private static final byte ED25519 = 1;
    private static final int PUBLIC_KEY_BYTES = 32;
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] raw;

    private VerifierKey(String name, byte[] raw) {
        this.name = name;
        this.raw = raw;
    }

    /// The key under that name.
    ///
    /// @throws IllegalArgumentException when it is no Ed25519 key, or the name is empty or holds a space or a plus sign
    public static VerifierKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (!wellNamed(name)
                || encoded.length != SPKI_PREFIX.length + PUBLIC_KEY_BYTES
                || !Arrays.equals(
                        encoded, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length)) {
            throw new IllegalArgumentException(name + ": not an Ed25519 key under a proper name");
        }
        return new VerifierKey(
                name, Arrays.copyOfRange(encoded, SPKI_PREFIX.length, encoded.length));
    }

    /// Reads the written form; empty when the text is not of it.
    public static Optional<VerifierKey> parse(String text) {
        // The key is the last part: base 64 may itself hold plus signs, names may not.
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || !wellNamed(parts[0])) {
            return Optional.empty();
        }
        try {
            byte[] typed = Base64.getDecoder().decode(parts[2]);
            if (typed.length != 1 + PUBLIC_KEY_BYTES || typed[0] != ED25519) {
                return Optional.empty();
            }
            VerifierKey key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
            return key.hexId().equals(parts[1]) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /// What the key signs under; the log's origin.
    public String name() {
        return name;
    }

    /// The written form, which [#parse] reads.
    @Override
    public String toString() {
        byte[] typed = new byte[1 + PUBLIC_KEY_BYTES];
        typed[0] = ED25519;
        System.arraycopy(raw, 0, typed, 1, PUBLIC_KEY_BYTES);
        return name + "+" + hexId() + "+" + Base64.getEncoder().encodeToString(typed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key
                && name.equals(key.name)
                && Arrays.equals(raw, key.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    /// The first four bytes of SHA-256 over name, line feed, signature type and key.
    int id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(ED25519);
            return ByteBuffer.wrap(digest.digest(raw)).getInt();
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    boolean signed(byte[] text, byte[] signature) {
        try {
            byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + PUBLIC_KEY_BYTES);
            System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, PUBLIC_KEY_BYTES);
            Signature verifying = Signature.getInstance("Ed25519");
            verifying.initVerify(
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
            verifying.update(text);
            return verifying.verify(signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    static boolean wellNamed(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(c ->
                                c == '+'
                                        || c < ' '
                                        || Character.isWhitespace(c)
                                        || Character.isSpaceChar(c));
    }

    private String hexId() {
        return HexFormat.of().toHexDigits(id());
    }
}
