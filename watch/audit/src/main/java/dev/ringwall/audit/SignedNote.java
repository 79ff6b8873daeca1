package dev.ringwall.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A text and the signatures under it (C2SP signed-note).
///
/// @param text including its last line feed
record SignedNote(String text, List<Signature> signatures) {

    /// The largest note that is read.
    static final int BYTES_MAX = 64 * 1024;

    /// The most signatures under a note that are looked at.
    static final int SIGNATURES_MAX = 64;

    private static final int KEY_ID_BYTES = 4;
    private static final String DASH = "\u2014 ";

    SignedNote {
        signatures = List.copyOf(signatures);
    }

    /// One signature: whose it says it is, and in base 64 the key's id and the signature's bytes.
    record Signature(String name, String blob) {

        int keyId() {
            return ByteBuffer.wrap(Base64.getDecoder().decode(blob)).getInt();
        }

        byte[] bytes() {
            byte[] decoded = Base64.getDecoder().decode(blob);
            return Arrays.copyOfRange(decoded, KEY_ID_BYTES, decoded.length);
        }
    }

    /// What became of bytes that should be a note.
    sealed interface Parsed {
        /// They are one.
        record Whole(SignedNote note) implements Parsed {}

        /// They are none.
        record Malformed(String why) implements Parsed {}
    }

    static SignedNote sign(String text, NoteSigner signer) {
        byte[] signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
        ByteBuffer blob = ByteBuffer.allocate(KEY_ID_BYTES + signature.length);
        blob.putInt(signer.verifier().id()).put(signature);
        String base64 = Base64.getEncoder().encodeToString(blob.array());
        return new SignedNote(text, List.of(new Signature(signer.verifier().name(), base64)));
    }

    byte[] bytes() {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (Signature signature : signatures) {
            note.append(DASH)
                    .append(signature.name)
                    .append(' ')
                    .append(signature.blob)
                    .append('\n');
        }
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Parsed parse(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return new Parsed.Malformed(
                    "it has " + bytes.length + " bytes (expected: at most " + BYTES_MAX + ")");
        }
        String note;
        try {
            note = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            return new Parsed.Malformed("it is not UTF-8");
        }
        if (note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            return new Parsed.Malformed("it holds control characters");
        }
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || !note.endsWith("\n") || split + 2 == note.length()) {
            return new Parsed.Malformed("it has no signatures");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : note.substring(split + 2, note.length() - 1).split("\n", -1)) {
            String[] parts =
                    line.startsWith(DASH)
                            ? line.substring(DASH.length()).split(" ", -1)
                            : new String[0];
            if (parts.length != 2
                    || !VerifierKey.wellNamed(parts[0])
                    || signatures.size() == SIGNATURES_MAX) {
                return new Parsed.Malformed("a line is not a signature: " + line);
            }
            byte[] blob;
            try {
                blob = Base64.getDecoder().decode(parts[1]);
            } catch (IllegalArgumentException notBase64) {
                return new Parsed.Malformed("a signature is not base 64: " + line);
            }
            // Base 64 has bits that decoders ignore; with them set it is another file.
            if (blob.length <= KEY_ID_BYTES
                    || !Base64.getEncoder().encodeToString(blob).equals(parts[1])) {
                return new Parsed.Malformed("a signature is not base 64: " + line);
            }
            signatures.add(new Signature(parts[0], parts[1]));
        }
        return new Parsed.Whole(new SignedNote(note.substring(0, split + 1), signatures));
    }

    /// Whether that key signed it. False also when one of several signatures that claim to be by the key is not.
    boolean signedBy(VerifierKey key) {
        List<Signature> claimed =
                signatures.stream()
                        .filter(signature ->
                                signature.name.equals(key.name()) && signature.keyId() == key.id())
                        .toList();
        byte[] signed = text.getBytes(StandardCharsets.UTF_8);
        return !claimed.isEmpty()
                && claimed.stream().allMatch(signature -> key.signed(signed, signature.bytes()));
    }
}
