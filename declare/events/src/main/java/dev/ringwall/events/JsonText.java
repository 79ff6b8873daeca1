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
    private static final int BYTES_KEPT_MAX = 16 << 10;
    private static final int DIGITS_MAX = 20;
    private static final int SECOND_BYTES = 19;
    private static final byte[] HEXADECIMAL = ascii("0123456789ABCDEF");
    private static final int ESCAPE_BYTES_MAX = 6;
    private static final int YEAR_MAX = 9_999;

    private byte[] bytes = new byte[BYTES_AT_FIRST];
    private int length;
    private final byte[] second = new byte[SECOND_BYTES];
    private long secondOf = Long.MIN_VALUE;

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

    /// Begins anew.
    void clear() {
        length = 0;
        if (bytes.length > BYTES_KEPT_MAX) {
            bytes = new byte[BYTES_AT_FIRST];
        }
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
        if (value < 0) {
            raw(Long.toString(value));
            return this;
        }
        room(DIGITS_MAX);
        int count = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            count++;
        }
        digits(value, count);
        return this;
    }

    /// In the form of [Instant#toString].
    JsonText time(Name name, Instant at) {
        int nanos = at.getNano();
        if (!isWritten(at.getEpochSecond()) || nanos % 1_000 != 0) {
            return text(name, at.toString());
        }
        name(name);
        room(32);
        bytes[length++] = '"';
        System.arraycopy(second, 0, bytes, length, SECOND_BYTES);
        length += SECOND_BYTES;
        if (nanos != 0) {
            boolean millis = nanos % 1_000_000 == 0;
            bytes[length++] = '.';
            digits(millis ? nanos / 1_000_000 : nanos / 1_000, millis ? 3 : 6);
        }
        bytes[length++] = 'Z';
        bytes[length++] = '"';
        return this;
    }

    /// Writes the second beside, as `2026-11-30T17:05:09`, unless it is there from the event before; false when its year has not four digits.
    private boolean isWritten(long epochSecond) {
        if (epochSecond == secondOf) {
            return true;
        }
        LocalDateTime utc = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > YEAR_MAX) {
            return false;
        }
        System.arraycopy(ascii("0000-00-00T00:00:00"), 0, second, 0, SECOND_BYTES);
        put(second, 0, utc.getYear(), 4);
        put(second, 5, utc.getMonthValue(), 2);
        put(second, 8, utc.getDayOfMonth(), 2);
        put(second, 11, utc.getHour(), 2);
        put(second, 14, utc.getMinute(), 2);
        put(second, 17, utc.getSecond(), 2);
        secondOf = epochSecond;
        return true;
    }

    byte[] written() {
        return Arrays.copyOf(bytes, length);
    }

    private void digits(long value, int count) {
        put(bytes, length, value, count);
        length += count;
    }

    private static void put(byte[] into, int at, long value, int count) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
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
