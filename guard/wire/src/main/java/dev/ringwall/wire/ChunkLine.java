package dev.ringwall.wire;

import io.netty.buffer.ByteBuf;

/// The line before a chunk as it comes in: how long it is, in hexadecimal digits, and extensions, which nobody looks at (RFC 9112 §7.1).
/// Stricter: no white space but within quotes.
final class ChunkLine {

    /// The longest line, in bytes.
    private static final int BYTES_MAX = 1 << 10;

    private enum Part {
        SIZE,
        NAME,
        VALUE,
        TOKEN,
        QUOTED,
        ESCAPED,
        QUOTED_END,
        END
    }

    private Part part = Part.SIZE;
    private long size;
    private int bytes;
    private boolean named;

    /// Takes what belongs to the line, and nothing beyond; returns whether it is whole.
    boolean take(ByteBuf in) {
        while (in.isReadable()) {
            byte octet = in.readByte();
            if (part == Part.END) {
                if (octet != '\n') {
                    throw odd();
                }
                return true;
            }
            if (++bytes > BYTES_MAX) {
                throw new OddRequest("a chunk line of more than " + BYTES_MAX + " bytes");
            }
            part = next(octet);
        }
        return false;
    }

    /// How many bytes the chunk has, once the line is whole.
    int size() {
        return (int) size;
    }

    /// The next one may come.
    void forget() {
        part = Part.SIZE;
        size = 0;
        bytes = 0;
    }

    private Part next(byte octet) {
        return switch (part) {
            case SIZE -> {
                int digit = Character.digit(octet & 0xff, 16);
                yield digit < 0 ? behind(octet, bytes > 1) : digit(digit);
            }
            case NAME -> {
                boolean goesOn = Octets.token(octet);
                boolean whole = named;
                named |= goesOn;
                yield goesOn
                        ? Part.NAME
                        : whole && octet == '=' ? Part.VALUE : behind(octet, whole);
            }
            case VALUE ->
                    octet == '"'
                            ? Part.QUOTED
                            : Octets.token(octet) ? Part.TOKEN : behind(octet, false);
            case TOKEN -> Octets.token(octet) ? Part.TOKEN : behind(octet, true);
            case QUOTED ->
                    octet == '"' ? Part.QUOTED_END : octet == '\\' ? Part.ESCAPED : text(octet);
            case ESCAPED -> text(octet);
            case QUOTED_END, END -> behind(octet, true);
        };
    }

    private Part digit(int digit) {
        size = size * 16 + digit;
        if (size > Integer.MAX_VALUE) {
            throw new OddRequest("a chunk of more bytes than there can be");
        }
        return Part.SIZE;
    }

    /// What may follow a part that is whole: another extension, or the end.
    private Part behind(byte octet, boolean whole) {
        if (whole && octet == ';') {
            named = false;
            return Part.NAME;
        }
        if (whole && octet == '\r') {
            return Part.END;
        }
        throw odd();
    }

    private static Part text(byte octet) {
        if ((octet < ' ' && octet != '\t') || octet == 0x7f) { // nor what is beyond ASCII
            throw odd();
        }
        return Part.QUOTED;
    }

    private static OddRequest odd() {
        return new OddRequest("a chunk line that is none");
    }
}
