package dev.ringwall.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One connection to what stands behind this node; hands its answers to the request that it is lent to.
final class Back extends ChannelInboundHandlerAdapter {

    private @Nullable Passage borrower;

    /// Lends the connection to that request, until it is given back.
    void lend(Passage passage) {
        borrower = passage;
    }

    void giveBack() {
        borrower = null;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Passage passage = borrower;
        if (passage == null) {
            // Nobody asked: an answer without a request is somebody's mistake or attack.
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        if (message instanceof HttpResponse head) {
            passage.answerHead(head);
        }
        if (message instanceof HttpContent content) {
            passage.answerContent(content);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (borrower != null && context.channel().isWritable()) {
            borrower.backWritable();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Passage passage = borrower;
        borrower = null;
        if (passage != null) {
            passage.backGone();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
