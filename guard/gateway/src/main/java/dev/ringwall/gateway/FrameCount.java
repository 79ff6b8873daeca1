package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/// Looks at the kind of each frame of a caller (RFC 9113 §4.1) before the codec does, which takes some kinds without a word: `PRIORITY`, those
/// that nobody knows, and `WINDOW_UPDATE`. Who reads answers sends `WINDOW_UPDATE`, so it is weighed against what was sent to them. What comes
/// and goes is handed on as it is.
final class FrameCount extends ChannelDuplexHandler {

    /// For so many bytes that were sent one `WINDOW_UPDATE` may come back, in bytes; clients send far fewer.
    static final int SENT_BYTES_PER_UPDATE = 32;

    /// So much of what was sent can be answered later, in bytes.
    static final int SENT_BYTES_MAX = 1 << 20;

    private static final int PREFACE_BYTES = 24;
    private static final int HEAD_BYTES = 9;
    private static final int KIND_AT = 3;
    private static final int PRIORITY = 2;
    private static final int WINDOW_UPDATE = 8;
    private static final int KNOWN_MAX = 9;

    private final Runnable idle;
    private int skip = PREFACE_BYTES;
    private int headRead;
    private int length;
    private int sentBytes;

    /// @param idle is called for each of those frames that asks for nothing
    FrameCount(Runnable idle) {
        this.idle = idle;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            sentBytes = (int) Math.min((long) sentBytes + bytes.readableBytes(), SENT_BYTES_MAX);
        }
        context.write(message, promise);
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
            } else if (headRead == KIND_AT && asksForNothing(next)) {
                idle.run();
            }
            if (++headRead == HEAD_BYTES) {
                skip = length;
                headRead = 0;
                length = 0;
            }
        }
    }

    private boolean asksForNothing(int kind) {
        if (kind != WINDOW_UPDATE) {
            return kind == PRIORITY || kind > KNOWN_MAX;
        }
        if (sentBytes < SENT_BYTES_PER_UPDATE) {
            return true;
        }
        sentBytes -= SENT_BYTES_PER_UPDATE;
        return false;
    }
}
