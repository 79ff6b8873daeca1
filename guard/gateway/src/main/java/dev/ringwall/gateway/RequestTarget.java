package dev.ringwall.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The path and query of a request, in origin form (RFC 9112 §3.2.1), read so strictly that every program behind reads the same.
///
/// Refused are all the ways in which two programs come to different paths: dot segments, empty segments, encoded slashes, dots and
/// percent signs, backslashes, semicolons, control characters, and whatever is not UTF-8.
///
/// @param raw      as it was sent; it is forwarded unchanged
/// @param segments decoded
/// @param query    as it was sent, without the question mark; empty when there is none
record RequestTarget(String raw, List<String> segments, String query) {

    /// The longest target, in characters.
    static final int LENGTH_MAX = 8_192;

    RequestTarget {
        segments = List.copyOf(segments);
    }

    /// What became of a target.
    sealed interface Read {
        record Target(RequestTarget target) implements Read {}

        /// It is not read; the note says why.
        record Malformed(String why) implements Read {}
    }

    static Read read(String raw) {
        if (raw.length() > LENGTH_MAX) {
            return new Read.Malformed("target longer than " + LENGTH_MAX);
        }
        if (!raw.startsWith("/")) {
            return new Read.Malformed("target not in origin form");
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '\\' || c == '#' || c == '"' || c == '<' || c == '>'
                    || c == '^' || c == '`' || c == '{' || c == '|' || c == '}') {
                return new Read.Malformed("target has a character that must be encoded");
            }
        }
        int mark = raw.indexOf('?');
        String path = mark < 0 ? raw : raw.substring(0, mark);
        String query = mark < 0 ? "" : raw.substring(mark + 1);
        if (path.equals("/")) {
            return new Read.Target(new RequestTarget(raw, List.of(), query));
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            String decoded = decode(segment);
            if (decoded == null) {
                return new Read.Malformed("path segment not in plain form");
            }
            segments.add(decoded);
        }
        return new Read.Target(new RequestTarget(raw, segments, query));
    }

    private static @org.jspecify.annotations.Nullable String decode(String segment) {
        if (segment.isEmpty()
                || segment.equals(".")
                || segment.equals("..")
                || segment.indexOf(';') >= 0) {
            return null;
        }
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
            int low = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 2), 16) : -1;
            int value = high < 0 || low < 0 ? -1 : high * 16 + low;
            if (value < ' '
                    || value == 0x7f
                    || value == '/'
                    || value == '\\'
                    || value == '%'
                    || value == '.'
                    || value == ';') {
                return null;
            }
            bytes.put((byte) value);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
