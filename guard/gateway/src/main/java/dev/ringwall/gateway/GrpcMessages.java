package dev.ringwall.gateway;

import dev.ringwall.wire.OddRequest;
import io.netty.buffer.ByteBuf;

/// Follows the messages of one gRPC call by their lengths (grpc.io, PROTOCOL-HTTP2, Length-Prefixed-Message). What they say is the service's
/// business; that none of them is larger than it could hold is everybody's.
final class GrpcMessages {

    /// The largest message, as it is sent. It is what libraries of gRPC take where nobody says otherwise.
    static final int MESSAGE_BYTES_MAX = 4 << 20;

    private static final int PREFIX_BYTES = 5;

    /// A message is announced that is too large.
    static final class TooLarge extends RuntimeException {
        TooLarge(String message) {
            super(message, null, false, false);
        }
    }

    private int prefixLeft = PREFIX_BYTES;
    private int flag;
    private long length;
    private long left;

    /// Looks at more of the call, which is not consumed.
    ///
    /// @throws TooLarge when a message is announced that is too large
    /// @throws OddRequest            when it is no message of gRPC
    void look(ByteBuf more) {
        int at = more.readerIndex();
        while (at < more.writerIndex()) {
            if (left > 0) {
                int skipped = (int) Math.min(left, more.writerIndex() - at);
                left -= skipped;
                at += skipped;
            } else {
                prefix(more.getUnsignedByte(at++));
            }
        }
    }

    private void prefix(int next) {
        if (prefixLeft == PREFIX_BYTES) {
            flag = next;
            length = 0;
        } else {
            length = (length << Byte.SIZE) | next;
        }
        if (--prefixLeft > 0) {
            return;
        }
        prefixLeft = PREFIX_BYTES;
        left = length;
        if (flag > 1) {
            throw new OddRequest("a message of gRPC with flag " + flag + " (expected: 0 or 1)");
        }
        if (length > MESSAGE_BYTES_MAX) {
            throw new TooLarge("a message of more than " + MESSAGE_BYTES_MAX + " bytes");
        }
    }
}
