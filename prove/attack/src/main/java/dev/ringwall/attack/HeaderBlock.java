package dev.ringwall.attack;

import dev.ringwall.attack.Call.Header;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Headers as HTTP/2 writes them (RFC 7541 §6). What is written is neither checked nor shortened, so anything can be said.
final class HeaderBlock {

    /// The size of the table that both sides begin with, in bytes.
    static final int TABLE_BYTES = 4096;

    private static final int NUMBER_BYTES_MAX = 5;

    private HeaderBlock() {}

    static byte[] of(List<Header> headers) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        headers.forEach(header -> literal(block, 0x00, header));
        return block.toByteArray();
    }

    /// The header, to be remembered by the other side under the first number of the connection's own.
    static byte[] remembered(Header header) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        literal(block, 0x40, header);
        return block.toByteArray();
    }

    /// The header of that number.
    static byte[] numbered(int index) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        number(block, 0x80, 7, index);
        return block.toByteArray();
    }

    /// From now on the table may be as large as this.
    static byte[] resized(int bytes) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        number(block, 0x20, 5, bytes);
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, int kind, Header header) {
        block.write(kind);
        for (String text : List.of(header.name(), header.value())) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            number(block, 0, 7, bytes.length);
            block.writeBytes(bytes);
        }
    }

    private static void number(ByteArrayOutputStream block, int kind, int bits, int value) {
        int most = (1 << bits) - 1;
        if (value < most) {
            block.write(kind | value);
            return;
        }
        block.write(kind | most);
        int rest = value - most;
        while (rest >= 0x80) {
            block.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        block.write(rest);
    }

    /// Reads what the other side writes.
    static List<Header> read(byte[] block, HeaderTable table) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(block);
        List<Header> headers = new ArrayList<>();
        while (in.hasRemaining()) {
            int first = in.get(in.position()) & 0xff;
            if ((first & 0x80) != 0) {
                headers.add(table.at(number(in, 7)));
            } else if ((first & 0xe0) == 0x20) {
                table.resize(number(in, 5));
            } else {
                boolean remembered = (first & 0x40) != 0;
                int index = number(in, remembered ? 6 : 4);
                String name = index == 0 ? text(in) : table.at(index).name();
                Header header = new Header(name, text(in));
                headers.add(header);
                if (remembered) {
                    table.add(header);
                }
            }
        }
        return headers;
    }

    private static String text(ByteBuffer in) throws IOException {
        boolean shortened = in.hasRemaining() && in.get(in.position()) < 0;
        int length = number(in, 7);
        if (length < 0 || length > in.remaining()) {
            throw new EOFException("a header that is cut off");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(shortened ? Huffman.read(bytes) : bytes, StandardCharsets.ISO_8859_1);
    }

    private static int number(ByteBuffer in, int bits) throws IOException {
        int most = (1 << bits) - 1;
        int value = next(in) & most;
        if (value < most) {
            return value;
        }
        for (int i = 0; i < NUMBER_BYTES_MAX; i++) {
            int more = next(in);
            value += (more & 0x7f) << (7 * i);
            if ((more & 0x80) == 0) {
                return value;
            }
        }
        throw new IOException("a number that does not end");
    }

    private static int next(ByteBuffer in) throws IOException {
        if (!in.hasRemaining()) {
            throw new EOFException("a header that is cut off");
        }
        return in.get() & 0xff;
    }
}
