package dev.ringwall.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/// Writes one JSON object as UTF-8, with no white space. For what is written for every request: it gives the same bytes as the library
/// that reads them, without a generator, a buffer and a formatter for each. For one thread.
final class JsonText {

    private static final int BYTES_AT_FIRST = 1 << 10;
    private static final byte[] HEXADECIMAL = ascii("0123456789ABCDEF");
    private static final int ESCAPE_BYTES_MAX = 6;
    private static final int YEAR_MAX = 9_999;

    private byte[] bytes = new byte[BYTES_AT_FIRST];
    private int length;

    /// The name of a property, as it is written.
    @SuppressWarnings("ArrayRecordComponent")
    record Name(byte[] text) {
        static Name of(String name) {
            return new Name(ascii("\"" + name + "\":"));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    JsonText open(char bracket) {
        separate();
        room(1);
        bytes[length++] = (byte) bracket;
        return this;
    }

    JsonText open(Name name, char bracket) {
        name(name);
        bytes[length++] = (byte) bracket;
        return this;
    }

    JsonText close(char bracket) {
        room(1);
        bytes[length++] = (byte) bracket;
        return this;
    }

    JsonText text(Name name, String value) {
        name(name);
        quoted(value);
        return this;
    }

    JsonText text(String name, String value) {
        separate();
        quoted(name);
        room(1);
        bytes[length++] = ':';
        quoted(value);
        return this;
    }

    JsonText item(String value) {
        separate();
        quoted(value);
        return this;
    }

    JsonText truth(Name name, boolean value) {
        name(name);
        raw(Boolean.toString(value));
        return this;
    }

    JsonText number(Name name, long value) {
        name(name);
        raw(Long.toString(value));
        return this;
    }

    /// In the form of [Instant#toString].
    JsonText time(Name name, Instant at) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC);
        int nanos = at.getNano();
        if (utc.getYear() < 0 || utc.getYear() > YEAR_MAX || nanos % 1_000 != 0) {
            return text(name, at.toString());
        }
        name(name);
        room(32);
        bytes[length++] = '"';
        digits(utc.getYear(), 4, '-');
        digits(utc.getMonthValue(), 2, '-');
        digits(utc.getDayOfMonth(), 2, 'T');
        digits(utc.getHour(), 2, ':');
        digits(utc.getMinute(), 2, ':');
        if (nanos == 0) {
            digits(utc.getSecond(), 2, 'Z');
        } else if (nanos % 1_000_000 == 0) {
            digits(utc.getSecond(), 2, '.');
            digits(nanos / 1_000_000, 3, 'Z');
        } else {
            digits(utc.getSecond(), 2, '.');
            digits(nanos / 1_000, 6, 'Z');
        }
        bytes[length++] = '"';
        return this;
    }

    byte[] written() {
        return Arrays.copyOf(bytes, length);
    }

    private void digits(int value, int count, char after) {
        int rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
        bytes[length++] = (byte) after;
    }

    private void name(Name name) {
        separate();
        room(name.text.length + 1);
        System.arraycopy(name.text, 0, bytes, length, name.text.length);
        length += name.text.length;
    }

    /// A comma where something stands before.
    private void separate() {
        if (length == 0 || bytes[length - 1] == '{' || bytes[length - 1] == '[') {
            return;
        }
        room(1);
        bytes[length++] = ',';
    }

    private void raw(String ascii) {
        int count = ascii.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) ascii.charAt(i);
        }
        length += count;
    }

    private void quoted(String text) {
        int count = text.length();
        room(count + 2);
        byte[] into = bytes;
        int at = length;
        into[at++] = '"';
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                odd(text);
                return;
            }
            into[at++] = (byte) c;
        }
        into[at++] = '"';
        length = at;
    }

    /// A text with letters that do not stand for themselves. Half a surrogate pair becomes a question mark.
    private void odd(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length * ESCAPE_BYTES_MAX + 2);
        bytes[length++] = '"';
        for (byte b : utf8) {
            int c = b & 0xff;
            int letter =
                    switch (c) {
                        case '"', '\\' -> c;
                        case '\b' -> 'b';
                        case '\t' -> 't';
                        case '\n' -> 'n';
                        case '\f' -> 'f';
                        case '\r' -> 'r';
                        default -> 0;
                    };
            if (letter != 0) {
                bytes[length++] = '\\';
                bytes[length++] = (byte) letter;
            } else if (c < ' ') {
                raw("\\u00");
                bytes[length++] = HEXADECIMAL[c >> 4];
                bytes[length++] = HEXADECIMAL[c & 15];
            } else {
                bytes[length++] = b;
            }
        }
        bytes[length++] = '"';
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
