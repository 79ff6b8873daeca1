package dev.ringwall.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/// Tells the machine's own watchers how the node is. On the loopback only, and never at the door.
@ChannelHandler.Sharable
final class HealthHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final BooleanSupplier ready;
    private final Meters meters;

    HealthHandler(BooleanSupplier ready, Meters meters) {
        this.ready = ready;
        this.meters = meters;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        FullHttpResponse answer =
                switch (request.uri()) {
                    case "/livez" -> text(HttpResponseStatus.OK, "alive\n");
                    case "/readyz" ->
                            ready.getAsBoolean()
                                    ? text(HttpResponseStatus.OK, "ready\n")
                                    : text(
                                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                                            "no configuration yet\n");
                    case "/metrics" ->
                            answer(
                                    HttpResponseStatus.OK,
                                    PrometheusTextFormatWriter.CONTENT_TYPE,
                                    meters.text());
                    default -> text(HttpResponseStatus.NOT_FOUND, "no such page\n");
                };
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse text(HttpResponseStatus status, String text) {
        return answer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static FullHttpResponse answer(HttpResponseStatus status, String type, byte[] body) {
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, "close");
        return answer;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
