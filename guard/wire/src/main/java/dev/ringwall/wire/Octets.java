package dev.ringwall.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Which bytes may stand where in a message of HTTP/1.1: each is looked up once, and those of values eight at a time.
final class Octets {

    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";
    private static final boolean[] TOKEN = new boolean[256];
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int DELETE = 0x7f;
    private static final int STEP = Long.BYTES;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;

    static {
        for (int c = 0; c < DELETE; c++) {
            TOKEN[c] = RequestTarget.letterOrDigit((char) c) || TOKEN_SIGNS.indexOf(c) >= 0;
        }
    }

    private Octets() {}

    /// Whether it may stand in a method or in the name of a header (RFC 9110 §5.6.2).
    static boolean token(byte octet) {
        return TOKEN[octet & 0xff];
    }

    /// Where a token that begins there ends, at the latest at `end`.
    static int tokenEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && TOKEN[bytes[at] & 0xff]) {
            at++;
        }
        return at;
    }

    /// Where the first colon is, or `end`.
    static int colon(byte[] bytes, int from, int end) {
        int at = from;
        for (int last = end - STEP; at <= last; at += STEP) {
            long others = (long) EIGHT.get(bytes, at) ^ (ONES * ':');
            long same = (others - ONES) & ~others & HIGH_BITS;
            if (same != 0) {
                return at + Long.numberOfTrailingZeros(same) / STEP;
            }
        }
        while (at < end && bytes[at] != ':') {
            at++;
        }
        return at;
    }

    /// Where the value of a header ends that begins there, at the latest at `end`: at the first control character but the tab
    /// (RFC 9110 §5.5). Bytes beyond ASCII may stand in it.
    static int valueEnd(byte[] bytes, int from, int end) {
        int at = visibleEnd(bytes, from, end, ' ');
        while (at < end && bytes[at] == '\t') {
            at = visibleEnd(bytes, at + 1, end, ' ');
        }
        return at;
    }

    /// Where the target of a request ends that begins there, at the latest at `end`: at the first space or control character. What
    /// else it must not have is for [RequestTarget] to say.
    static int targetEnd(byte[] bytes, int from, int end) {
        return visibleEnd(bytes, from, end, '!');
    }

    /// Where the first byte is that is below `lowest`, or DEL.
    private static int visibleEnd(byte[] bytes, int from, int end, int lowest) {
        int at = plainEnd(bytes, from, end, lowest);
        for (int last = end - STEP; at <= last; at += STEP) {
            long odd = odd((long) EIGHT.get(bytes, at), lowest);
            if (odd != 0) {
                return at + Long.numberOfTrailingZeros(odd) / STEP;
            }
        }
        while (at < end && (bytes[at] & 0xff) >= lowest && bytes[at] != DELETE) {
            at++;
        }
        return at;
    }

    /// Goes past sixteen at a time while all of them are ASCII for certain and no such bytes: all but the last round of most values.
    private static int plainEnd(byte[] bytes, int from, int end, int lowest) {
        long low = ONES * lowest;
        int at = from;
        for (int last = end - 2 * STEP; at <= last; at += 2 * STEP) {
            long one = (long) EIGHT.get(bytes, at);
            long two = (long) EIGHT.get(bytes, at + STEP);
            if ((((one - low) | (one + ONES) | (two - low) | (two + ONES)) & HIGH_BITS) != 0) {
                return at;
            }
        }
        return at;
    }

    /// The high bits of such bytes among eight; right up to the first of them, which is the lowest. Subtracting sets the high bit of a byte
    /// that was below; one that had it set already is beyond ASCII.
    private static long odd(long eight, int lowest) {
        long deletes = eight ^ (ONES * DELETE);
        long below = (eight - ONES * lowest) & ~eight;
        long same = (deletes - ONES) & ~deletes;
        return (below | same) & HIGH_BITS;
    }
}
