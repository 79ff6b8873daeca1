package dev.ringwall.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;

/// Writes the head of a message, or what stands around a chunk, into an array of its thread, and from there in one piece into a buffer that is
/// as large as it must be. Letter by letter into a buffer outside the heap, as the library does it, is a tenth of what a request costs.
final class HeaderLines {

    private static final FastThreadLocal<HeaderLines> OF_THREAD =
            new FastThreadLocal<>() {
                @Override
                protected HeaderLines initialValue() {
                    return new HeaderLines();
                }
            };

    private static final int BYTES_AT_FIRST = 4 << 10;
    private static final int LATIN_1_END = 0x100;
    private static final int DELETE = 0x7f;

    private byte[] lines = new byte[BYTES_AT_FIRST];
    private int length;

    private HeaderLines() {}

    /// Begins to write. What was begun before on this thread must have been put into its buffer.
    static HeaderLines begin() {
        HeaderLines lines = OF_THREAD.get();
        lines.length = 0;
        return lines;
    }

    /// A buffer with what was written, and room for so many bytes more.
    ByteBuf buffer(ByteBufAllocator from, int more) {
        return from.buffer(length + more).writeBytes(lines, 0, length);
    }

    /// Each header as `name: value` and a line end.
    HeaderLines headers(HttpHeaders headers) {
        if (headers instanceof Lines fast) {
            int texts = fast.texts();
            for (int i = 0; i < texts; i += 2) {
                line(fast.text(i), fast.text(i + 1));
            }
        } else {
            headers.iteratorCharSequence()
                    .forEachRemaining(header -> line(header.getKey(), header.getValue()));
        }
        return this;
    }

    private void line(CharSequence name, CharSequence value) {
        room(name.length() + value.length() + 4);
        put(name);
        put(':', ' ');
        put(value);
        put('\r', '\n');
    }

    /// The end of a line.
    HeaderLines end() {
        room(2);
        put('\r', '\n');
        return this;
    }

    HeaderLines add(byte[] bytes) {
        room(bytes.length);
        put(bytes, 0, bytes.length);
        return this;
    }

    HeaderLines add(ByteBuf bytes) {
        int count = bytes.readableBytes();
        room(count);
        bytes.getBytes(bytes.readerIndex(), lines, length, count);
        length += count;
        return this;
    }

    /// A part of a first line, which spaces stand between.
    ///
    /// @throws IllegalArgumentException when there is one within, or what is not ASCII
    HeaderLines word(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= DELETE) {
                throw new IllegalArgumentException("no part of a request line: " + text);
            }
            lines[length + i] = (byte) c;
        }
        length += count;
        return this;
    }

    /// Text in ISO 8859-1; a letter that it lacks becomes `?`. What came in was looked at when it came; in what we say ourselves a control
    /// character would begin another line.
    ///
    /// @throws IllegalArgumentException when there is one
    HeaderLines add(CharSequence text) {
        room(text.length());
        put(text);
        return this;
    }

    /// A number in hexadecimal digits.
    HeaderLines hex(int number) {
        int digits = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(number) + 3) / 4);
        room(digits);
        for (int i = digits - 1; i >= 0; i--) {
            lines[length++] = (byte) Character.forDigit((number >>> (4 * i)) & 0xf, 16);
        }
        return this;
    }

    private void put(CharSequence text) {
        if (text instanceof AsciiString ascii) {
            put(ascii.array(), ascii.arrayOffset(), ascii.length());
            return;
        }
        String string = text.toString();
        int count = string.length();
        int all = 0;
        for (int i = 0; i < count; i++) {
            char c = string.charAt(i);
            all |= c;
            lines[length + i] = (byte) c;
        }
        if (all >= LATIN_1_END) {
            replace(string);
        }
        if (Octets.valueEnd(lines, length, length + count) < length + count) {
            throw new IllegalArgumentException("a control character in a head: " + string);
        }
        length += count;
    }

    private void replace(String string) {
        for (int i = 0; i < string.length(); i++) {
            if (string.charAt(i) >= LATIN_1_END) {
                lines[length + i] = '?';
            }
        }
    }

    private void put(char first, char second) {
        lines[length++] = (byte) first;
        lines[length++] = (byte) second;
    }

    private void put(byte[] bytes, int offset, int count) {
        System.arraycopy(bytes, offset, lines, length, count);
        length += count;
    }

    private void room(int count) {
        if (lines.length - length < count) {
            lines = Arrays.copyOf(lines, Math.max(lines.length * 2, length + count));
        }
    }
}
