package dev.ringwall.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.util.List;

/// What comes behind a body in chunks (RFC 9112 §7.1.2). Nothing in it can change what the head said of whom the message is for and where it
/// ends (RFC 9110 §6.5.1).
final class Trailers extends Head {

    private static final List<AsciiString> NEVER =
            List.of(
                    HttpHeaderNames.CONTENT_LENGTH,
                    HttpHeaderNames.TRANSFER_ENCODING,
                    HttpHeaderNames.HOST);

    Trailers(int fieldBytesMax, int fieldsMax) {
        super(fieldBytesMax, fieldsMax);
    }

    /// Those that have come, once they are whole.
    Lines checked() {
        Lines lines = lines();
        for (AsciiString never : NEVER) {
            if (lines.contains(never)) {
                throw new OddRequest("a trailer that belongs into the head: " + never);
            }
        }
        lines.remove(HttpHeaderNames.TRAILER);
        return lines;
    }
}
