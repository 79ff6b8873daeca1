package dev.ringwall.limits;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.RedisArrayAggregator;
import io.netty.handler.codec.redis.RedisBulkStringAggregator;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// One connection to a Redis: commands go out, and answers come in that order. Any thread may say something; what it waits for completes on the
/// connection's event loop.
final class RedisTalk extends ChannelInboundHandlerAdapter {

    /// Who asks waits at most so long; then the Redis counts as away.
    static final Duration ANSWER_MAX = Duration.ofMillis(250);

    /// So many may wait.
    static final int WAITING_MAX = 10_000;

    private static final int PARTS_MAX = 16;
    private static final int DEPTH_MAX = 2;

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private record Waiting(long sinceNanos, CompletableFuture<List<Long>> answer) {}

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Channel channel;
    private @Nullable Future<?> looking;
    private Consumer<Throwable> onEnd = _ -> {};
    private @Nullable Throwable why;

    private RedisTalk() {}

    static void prepare(Channel channel, URI where, int port) {
        if (where.getScheme().equals("rediss")) {
            try {
                var tls =
                        SslContextBuilder.forClient()
                                .protocols("TLSv1.3", "TLSv1.2")
                                .build()
                                .newHandler(channel.alloc(), where.getHost(), port);
                SSLParameters parameters = tls.engine().getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.engine().setSSLParameters(parameters);
                channel.pipeline().addLast(tls);
            } catch (SSLException noTls) {
                throw new IllegalStateException("TLS cannot be set up", noTls);
            }
        }
        channel.pipeline()
                .addLast(
                        new RedisDecoder(),
                        new RedisBulkStringAggregator(),
                        new RedisArrayAggregator(PARTS_MAX, DEPTH_MAX),
                        new RedisEncoder(),
                        new RedisTalk());
    }

    static RedisTalk over(Channel channel) {
        return channel.pipeline().get(RedisTalk.class);
    }

    EventLoop loop() {
        return channel().eventLoop();
    }

    /// What is done when it ends, on the event loop.
    void onEnd(Consumer<Throwable> action) {
        onEnd = action;
        if (!channel().isActive()) {
            action.accept(ended());
        }
    }

    /// Says something and waits for numbers; an answer that is no number is an empty list.
    CompletionStage<List<Long>> say(List<String> words) {
        CompletableFuture<List<Long>> answer = new CompletableFuture<>();
        if (loop().inEventLoop()) {
            send(words, answer);
        } else {
            loop().execute(() -> send(words, answer));
        }
        return answer;
    }

    private void send(List<String> words, CompletableFuture<List<Long>> answer) {
        if (!channel().isActive() || waiting.size() >= WAITING_MAX) {
            answer.completeExceptionally(ended());
            return;
        }
        List<RedisMessage> parts = new ArrayList<>(words.size());
        for (String word : words) {
            ByteBuf bytes = channel().alloc().buffer();
            ByteBufUtil.writeUtf8(bytes, word);
            parts.add(new FullBulkStringRedisMessage(bytes));
        }
        waiting.add(new Waiting(System.nanoTime(), answer));
        channel().writeAndFlush(new ArrayRedisMessage(parts));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
        looking =
                context.channel()
                        .eventLoop()
                        .scheduleAtFixedRate(
                                this::look,
                                LOOK_EVERY.toMillis(),
                                LOOK_EVERY.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    private void look() {
        Waiting oldest = waiting.peek();
        if (oldest != null && System.nanoTime() - oldest.sinceNanos() > ANSWER_MAX.toNanos()) {
            close(new IllegalStateException("no answer within " + ANSWER_MAX));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Waiting next = waiting.poll();
        try {
            if (next == null) {
                context.close();
            } else if (message instanceof ErrorRedisMessage error) {
                close(new IllegalStateException(error.content()));
                next.answer().completeExceptionally(ended());
            } else {
                next.answer().complete(numbers(message));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private static List<Long> numbers(Object message) {
        List<Long> numbers = new ArrayList<>();
        if (message instanceof IntegerRedisMessage number) {
            numbers.add(number.value());
        } else if (message instanceof ArrayRedisMessage array) {
            array.children().forEach(child -> numbers.addAll(numbers(child)));
        }
        return numbers;
    }

    void close(Throwable because) {
        why = because;
        channel().close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Future<?> schedule = looking;
        if (schedule != null) {
            schedule.cancel(false);
        }
        onEnd.accept(ended());
        Waiting next;
        while ((next = waiting.poll()) != null) {
            next.answer().completeExceptionally(ended());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(cause);
    }

    private Throwable ended() {
        Throwable known = why;
        return known == null ? new IllegalStateException("the connection ended") : known;
    }

    private Channel channel() {
        Channel known = channel;
        if (known == null) {
            throw new IllegalStateException("not connected");
        }
        return known;
    }
}
