package dev.ringwall.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request target in origin form (RFC 9112 §3.2.1) that everyone on the way reads alike: there is one way to write each path, so the
/// service sees the path that was decided about.
///
/// @param raw      as it came
/// @param path     the path as it came
/// @param segments the path's segments, decoded
/// @param query    the query as it came, without `?`; empty when there is none
public record RequestTarget(String raw, String path, List<String> segments, String query) {

    /// The longest target that is read, in bytes.
    public static final int LENGTH_MAX = 8 << 10;

    /// The most segments of a path.
    public static final int SEGMENTS_MAX = 64;

    /// The most parameters of a query.
    public static final int PARAMETERS_MAX = 256;

    private static final String PATH_MARKS = "-._~!$&'()*+,=:@";
    private static final String QUERY_REFUSED = "\"<>\\#";

    /// What became of a target.
    public sealed interface Parsed {
        /// It reads one way only.
        record Clear(RequestTarget target) implements Parsed {}

        /// Two programs could read it differently, or none could.
        record Odd(String why) implements Parsed {}
    }

    /// Reads the target of a request line, or of an HTTP/2 request (`:path`), as it came; the limits above are cases of what is odd.
    public static Parsed parse(String raw) {
        if (raw.length() > LENGTH_MAX) {
            return new Parsed.Odd("a target longer than " + LENGTH_MAX + " bytes");
        }
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            return new Parsed.Odd("a target that is not in origin form");
        }
        int mark = raw.indexOf('?');
        String path = mark < 0 ? raw : raw.substring(0, mark);
        String query = mark < 0 ? "" : raw.substring(mark + 1);
        List<String> segments = new ArrayList<>(8);
        for (int from = 1; from <= path.length(); ) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            String odd = path.length() == 1 ? "" : segment(path, from, to, segments);
            if (!odd.isEmpty()) {
                return new Parsed.Odd(odd);
            }
            from = to + 1;
        }
        if (segments.size() > SEGMENTS_MAX) {
            return new Parsed.Odd("more than " + SEGMENTS_MAX + " segments");
        }
        String odd = query(query);
        return odd.isEmpty()
                ? new Parsed.Clear(new RequestTarget(raw, path, segments, query))
                : new Parsed.Odd(odd);
    }

    /// The query's parameters, decoded as forms are (`+` is a space), in order; a name that comes twice has both values.
    public Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", PARAMETERS_MAX + 1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!pair.isEmpty()) {
                parameters.computeIfAbsent(form(name), _ -> new ArrayList<>(1)).add(form(value));
            }
        }
        return parameters;
    }

    private static String segment(String path, int from, int to, List<String> into) {
        if (from == to && to < path.length()) {
            return "an empty segment (`//`)";
        }
        boolean escaped = false;
        for (int i = from; i < to; i++) {
            char c = path.charAt(i);
            if (c == '%') {
                String odd = escape(path, i, to);
                if (!odd.isEmpty()) {
                    return odd;
                }
                escaped = true;
                i += 2;
            } else if (!letterOrDigit(c) && PATH_MARKS.indexOf(c) < 0) {
                return "a character that no path may have (" + shown(c) + ")";
            }
        }
        String text = path.substring(from, to);
        if (text.equals(".") || text.equals("..")) {
            return "a dot segment";
        }
        try {
            into.add(escaped ? decode(text) : text);
            return "";
        } catch (CharacterCodingException notUtf8) {
            return "a path that is not UTF-8";
        }
    }

    /// An escape may stand only for what could not stand for itself, and for nothing that splits or ends a path.
    private static String escape(String path, int at, int to) {
        int value = value(path, at, to);
        if (value < 0) {
            return "a percent sign without two hexadecimal digits";
        }
        if (value == '/' || value == '\\' || value == '.' || value < 0x20 || value == 0x7f) {
            return "an escaped " + shown((char) value);
        }
        if (letterOrDigit((char) value)) {
            return "an escaped letter or digit";
        }
        return value == '%' && hexadecimal(path, at + 3, to) && hexadecimal(path, at + 4, to)
                ? "a doubly escaped character"
                : "";
    }

    private static String query(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '%') {
                int value = value(query, i, query.length());
                if (value <= 0) {
                    return value < 0 ? "a percent sign without two hexadecimal digits" : "NUL";
                }
            } else if (c <= ' ' || c >= 0x7f || QUERY_REFUSED.indexOf(c) >= 0) {
                return "a character that no query may have (" + shown(c) + ")";
            }
        }
        try {
            int parameters = 1;
            for (int i = query.indexOf('&'); i >= 0; i = query.indexOf('&', i + 1)) {
                parameters++;
            }
            decode(query);
            return parameters > PARAMETERS_MAX ? "more than " + PARAMETERS_MAX + " parameters" : "";
        } catch (CharacterCodingException notUtf8) {
            return "a query that is not UTF-8";
        }
    }

    private static int value(String text, int at, int to) {
        if (at + 2 >= to) {
            return -1;
        }
        return hexadecimal(text, at + 1, to) && hexadecimal(text, at + 2, to)
                ? Character.digit(text.charAt(at + 1), 16) << 4
                        | Character.digit(text.charAt(at + 2), 16)
                : -1;
    }

    private static boolean hexadecimal(String text, int at, int to) {
        return at < to && text.charAt(at) < 0x80 && Character.digit(text.charAt(at), 16) >= 0;
    }

    /// Whether it is an ASCII letter or digit.
    public static boolean letterOrDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static String shown(char c) {
        return c > ' ' && c < 0x7f ? "`" + c + "`" : "0x" + Integer.toHexString(c);
    }

    private static String form(String text) {
        try {
            return decode(text.replace('+', ' '));
        } catch (CharacterCodingException checkedBefore) {
            throw new IllegalStateException(checkedBefore);
        }
    }

    private static String decode(String text) throws CharacterCodingException {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) value(text, i, text.length());
                i += 2;
            } else {
                bytes[length++] = (byte) c;
            }
        }
        CharBuffer decoded =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes, 0, length));
        return decoded.toString();
    }
}
