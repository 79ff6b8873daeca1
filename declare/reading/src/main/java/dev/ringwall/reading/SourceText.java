package dev.ringwall.reading;

import dev.ringwall.model.Line;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Bytes become text only when they are UTF-8 and hold nothing that an editor would hide.
final class SourceText {

    /// The longest file that is read, in bytes.
    static final int FILE_BYTES_MAX = 1 << 20;

    private SourceText() {}

    /// The text in the bytes, without a byte order mark; empty when it is not fit, which is then among the problems.
    static Optional<String> decode(FilePath path, ByteBuffer in, Problems problems) {
        CharBuffer text = CharBuffer.allocate(in.remaining() + 1);
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, text, true);
        text.flip();
        String read = text.toString();
        if (result.isError()) {
            problems.error(
                    "not-utf-8",
                    place(path, read, read.length()),
                    "the byte 0x%02x (expected: UTF-8)".formatted(in.get(in.position())),
                    "save the file as UTF-8");
            return Optional.empty();
        }
        String body = read.startsWith("\uFEFF") ? read.substring(1) : read;
        return visible(path, body, problems) ? Optional.of(body) : Optional.empty();
    }

    private static boolean visible(FilePath path, String text, Problems problems) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (hidden(c)) {
                problems.error(
                        "hidden-character",
                        place(path, text, i),
                        "the character U+%04X, which cannot be seen".formatted((int) c),
                        "take it out, so that what is read is what is seen");
                return false;
            }
        }
        return true;
    }

    /// Control characters, and those that turn the direction of text around (CVE-2021-42574).
    private static boolean hidden(char c) {
        return (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r')
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u200B'
                || c == '\uFEFF'
                || c == '\uFFFE'
                || c == '\uFFFF';
    }

    private static Line place(FilePath path, String text, int at) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < at; i++) {
            char c = text.charAt(i);
            if (c == '\n'
                    || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'))) {
                line++;
                start = i + 1;
            }
        }
        return new Line(path.text(), line, at - start + 1);
    }
}
