package dev.ringwall.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One connection of a caller: takes its requests one after the other, each through a [Passage] of its own.
final class Front extends ChannelInboundHandlerAdapter {

    /// The most messages that wait while a request is on its way; a caller that sends more ahead is cut off.
    static final int AHEAD_MAX = 1_024;

    private final Entry entry;
    private final Deque<Object> ahead = new ArrayDeque<>();
    private @Nullable Passage passage;
    private @Nullable ChannelHandlerContext here;

    Front(Entry entry) {
        this.entry = entry;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        here = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if ((passage != null && passage.requestRead()) || !ahead.isEmpty()) {
            if (ahead.size() >= AHEAD_MAX) {
                ReferenceCountUtil.release(message);
                context.close();
                return;
            }
            ahead.add(message);
            return;
        }
        accept(context, message);
    }

    private void accept(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            context.channel().config().setAutoRead(false);
            passage = new Passage(entry, context.channel(), request, this::finished);
            passage.begin();
        } else if (message instanceof HttpContent content && passage != null) {
            passage.requestContent(content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    /// The answer has left; the next request may come.
    private void finished(boolean keepOpen) {
        passage = null;
        ChannelHandlerContext context = Objects.requireNonNull(here);
        if (!keepOpen) {
            context.close();
            return;
        }
        Object next;
        while ((passage == null || !passage.requestRead()) && (next = ahead.poll()) != null) {
            accept(context, next);
        }
        if (passage == null) {
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (passage != null && context.channel().isWritable()) {
            passage.frontWritable();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
        if (passage != null) {
            passage.frontGone();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && passage == null) {
            context.close();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
