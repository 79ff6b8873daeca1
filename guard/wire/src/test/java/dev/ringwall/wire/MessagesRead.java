package dev.ringwall.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a decoder makes of bytes, in words that can be compared.
final class MessagesRead {

    /// Stands for a message, or what is left of one, that was refused.
    static final String BAD = "bad";

    private MessagesRead() {}

    /// A line for each head and for each whole or broken body, which is in one piece however it came.
    static List<String> by(ChannelHandler decoder, String text, Pieces pieces) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        List<String> read = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        try {
            for (int from = 0, count; from < bytes.length; from += count) {
                count = Math.min(pieces.after(from), bytes.length - from);
                channel.writeInbound(Unpooled.copiedBuffer(bytes, from, count));
            }
            channel.finish();
            for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
                tell(each, body, read);
                ReferenceCountUtil.release(each);
            }
        } finally {
            channel.finishAndReleaseAll();
        }
        if (!body.isEmpty()) {
            read.add(body.toString());
        }
        return read;
    }

    private static void tell(Object each, StringBuilder body, List<String> to) {
        if (each instanceof ByteBuf bytes) {
            body.append(ByteBufUtil.hexDump(bytes));
            return;
        }
        if (((HttpObject) each).decoderResult().isFailure()) {
            if (!body.isEmpty()) {
                to.add(body.toString());
                body.setLength(0);
            }
            to.add(BAD);
            return;
        }
        if (each instanceof HttpRequest head) {
            to.add(
                    head.method()
                            + " "
                            + head.uri()
                            + " "
                            + head.protocolVersion()
                            + lines(head.headers()));
        }
        if (each instanceof HttpResponse head) {
            to.add(head.protocolVersion() + " " + head.status() + lines(head.headers()));
        }
        if (each instanceof HttpContent content) {
            body.append(ByteBufUtil.hexDump(content.content()));
        }
        if (each instanceof LastHttpContent last) {
            to.add(body + " end" + lines(last.trailingHeaders()));
            body.setLength(0);
        }
    }

    private static String lines(HttpHeaders headers) {
        return headers.entries().toString();
    }

    /// How many bytes come next.
    interface Pieces {
        int after(int from);
    }
}
