package dev.ringwall.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Reads strings that were shortened by the code of HTTP/2's headers (RFC 7541 §5.2, Appendix B). The code is canonical, so the lengths say
/// all of it.
final class Huffman {

    private static final int END = 256;
    private static final int PADDING_BITS_MAX = 7;

    /// The length in bits of each symbol's code; the last is that of the end.
    private static final int[] LENGTHS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5,
        7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22,
        22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23,
        22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22,
        21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26,
        26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20,
        24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27,
        27, 28, 27, 27, 27, 27, 27, 26, 30
    };

    private static final Map<Long, Integer> SYMBOLS = symbols();

    private Huffman() {}

    private static Map<Long, Integer> symbols() {
        Map<Long, Integer> symbols = new HashMap<>();
        long code = 0;
        for (int length = 1; length <= 30; length++) {
            for (int symbol = 0; symbol <= END; symbol++) {
                if (LENGTHS[symbol] == length) {
                    symbols.put(key(length, code), symbol);
                    code++;
                }
            }
            code <<= 1;
        }
        return Map.copyOf(symbols);
    }

    private static long key(int length, long code) {
        return (long) length << 32 | code;
    }

    static byte[] read(byte[] shortened) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        long code = 0;
        int length = 0;
        for (byte each : shortened) {
            for (int bit = 7; bit >= 0; bit--) {
                code = code << 1 | (each >> bit & 1);
                length++;
                Integer symbol = SYMBOLS.get(key(length, code));
                if (symbol != null) {
                    if (symbol == END) {
                        throw new IOException("a header that ends too early");
                    }
                    read.write(symbol);
                    code = 0;
                    length = 0;
                }
            }
        }
        if (length > PADDING_BITS_MAX) {
            throw new IOException("a header whose code is cut off");
        }
        return read.toByteArray();
    }
}
