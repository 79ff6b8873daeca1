package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Looks at the kind of each frame of a caller (RFC 9113 §4.1) before the codec does, which drops some kinds without a word: `PRIORITY`, and
/// those that nobody knows. What comes is handed on as it is.
final class FrameCount extends ChannelInboundHandlerAdapter {

    private static final int PREFACE_BYTES = 24;
    private static final int HEAD_BYTES = 9;
    private static final int KIND_AT = 3;
    private static final int PRIORITY = 2;
    private static final int KNOWN_MAX = 9;

    private final Runnable dropped;
    private int skip = PREFACE_BYTES;
    private int headRead;
    private int length;

    /// @param dropped is called for each frame that the codec drops
    FrameCount(Runnable dropped) {
        this.dropped = dropped;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            look(bytes);
        }
        context.fireChannelRead(message);
    }

    private void look(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (skip > 0) {
                int over = Math.min(skip, end - at);
                skip -= over;
                at += over;
                continue;
            }
            int next = bytes.getUnsignedByte(at++);
            if (headRead < KIND_AT) {
                length = length << Byte.SIZE | next;
            } else if (headRead == KIND_AT && (next == PRIORITY || next > KNOWN_MAX)) {
                dropped.run();
            }
            if (++headRead == HEAD_BYTES) {
                skip = length;
                headRead = 0;
                length = 0;
            }
        }
    }
}
