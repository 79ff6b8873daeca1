package dev.ringwall.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Reads requests as the worst services do: any line end, white space before colons, `Content-Length` before `Transfer-Encoding`, the
/// first of several, whatever follows a number. What is no number counts as nothing.
final class StubbornReader {

    private final String bytes;
    private int at;

    private StubbornReader(byte[] bytes) {
        this.bytes = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Method, target and body of each request that it takes the bytes for; what is left over is one as well.
    static List<String> read(byte[] bytes) {
        StubbornReader reader = new StubbornReader(bytes);
        List<String> requests = new ArrayList<>();
        while (reader.at < reader.bytes.length()) {
            requests.add(reader.request());
        }
        return requests;
    }

    private String request() {
        String[] start = line().split(" ", -1);
        long length = -1;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (name.equals("content-length") && length < 0) {
                length = number(value, 10);
            }
            chunked |=
                    name.equals("transfer-encoding")
                            && value.toLowerCase(Locale.ROOT).contains("chunked");
        }
        String body = length >= 0 ? take(length) : chunked ? chunks() : "";
        return start[0]
                + " "
                + (start.length > 1 ? start[1] : "")
                + " "
                + HexFormat.of().formatHex(body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String chunks() {
        StringBuilder body = new StringBuilder();
        while (at < bytes.length()) {
            long size = number(line(), 16);
            if (size <= 0) {
                break;
            }
            body.append(take(size));
            line();
        }
        while (at < bytes.length() && !line().isEmpty()) {
            // trailers
        }
        return body.toString();
    }

    private String line() {
        int end = bytes.indexOf('\n', at);
        int next = end < 0 ? bytes.length() : end + 1;
        String line = bytes.substring(at, end < 0 ? bytes.length() : end);
        at = next;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private String take(long count) {
        int end = (int) Math.min(bytes.length(), at + count);
        String taken = bytes.substring(at, end);
        at = end;
        return taken;
    }

    private static long number(String text, int radix) {
        int digits = 0;
        while (digits < Math.min(9, text.length())
                && Character.digit(text.charAt(digits), radix) >= 0) {
            digits++;
        }
        return digits == 0 ? 0 : Long.parseLong(text.substring(0, digits), radix);
    }
}
