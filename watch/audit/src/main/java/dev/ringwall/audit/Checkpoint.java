package dev.ringwall.audit;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// A signed promise: the log of that name had so many entries, and this was the root over them (C2SP tlog-checkpoint).
///
/// Whoever keeps one can show later that nothing before it was changed, or that something was.
public record Checkpoint(String origin, long size, TreeHash root) {

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

    public Checkpoint {
        if (size < 0 || !VerifierKey.wellNamed(origin)) {
            throw new IllegalArgumentException(origin + ", size " + size);
        }
    }

    /// What became of bytes that should be a checkpoint signed by a key.
    public sealed interface Opened {
        /// The key signed it for its own log.
        record Signed(Checkpoint checkpoint) implements Opened {}

        /// Its form is wrong.
        record Malformed(String why) implements Opened {}

        /// It is not signed by that key, or it was changed after it had been signed.
        ///
        /// @param names who it says it is signed by
        record Foreign(List<String> names) implements Opened {
            public Foreign {
                names = List.copyOf(names);
            }
        }

        /// The key signed it, but for another log.
        record WrongOrigin(String found, String expected) implements Opened {}
    }

    /// The checkpoint as a file, signed.
    byte[] signedBy(NoteSigner signer) {
        String text = origin + "\n" + size + "\n" + root.base64() + "\n";
        return SignedNote.sign(text, signer).bytes();
    }

    /// Reads a checkpoint and believes it only when that key signed it.
    public static Opened open(byte[] bytes, VerifierKey key) {
        return switch (SignedNote.parse(bytes)) {
            case SignedNote.Parsed.Malformed(String why) -> new Opened.Malformed(why);
            case SignedNote.Parsed.Whole(SignedNote note) when !note.signedBy(key) ->
                    new Opened.Foreign(
                            note.signatures().stream().map(SignedNote.Signature::name).toList());
            case SignedNote.Parsed.Whole(SignedNote note) -> read(note.text(), key.name());
        };
    }

    private static Opened read(String text, String expectedOrigin) {
        String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
        if (lines.length != 3 || !SIZE.matcher(lines[1]).matches()) {
            return new Opened.Malformed("its text is not three lines of origin, size and root");
        }
        if (!lines[0].equals(expectedOrigin)) {
            return new Opened.WrongOrigin(lines[0], expectedOrigin);
        }
        try {
            byte[] root = Base64.getDecoder().decode(lines[2]);
            if (root.length == TreeHash.BYTES) {
                return new Opened.Signed(
                        new Checkpoint(lines[0], Long.parseLong(lines[1]), TreeHash.of(root, 0)));
            }
        } catch (IllegalArgumentException notANumberOrNotBase64) {
            // Said below.
        }
        return new Opened.Malformed("its size or its root is not one");
    }
}
