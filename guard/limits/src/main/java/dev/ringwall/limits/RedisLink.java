package dev.ringwall.limits;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to the Redis that nodes count in, opened again whenever it is lost. Who asks while it is lost is told so at once.
final class RedisLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    /// How long the Redis may take to accept a connection.
    static final Duration CONNECT_MAX = Duration.ofSeconds(2);

    private static final Duration AGAIN_AFTER = Duration.ofMillis(250);
    private static final Duration HERE_EVERY = Duration.ofSeconds(5);
    private static final int PORT = 6379;
    private static final double EVER_MICROS = 1e15;

    private final URI where;
    private final String nodesKey;
    private final Supplier<Bootstrap> bootstrap;
    private final Supplier<Optional<char[]>> password;
    private final InstantSource clock;
    private final String self = UUID.randomUUID().toString();
    private volatile @Nullable RedisTalk talk;
    private volatile long upSinceNanos;
    private volatile long outageNanos;
    private volatile boolean outage;
    private volatile boolean sharesUsed;
    private volatile int nodes = SharedCounts.NODES_UNKNOWN;
    private volatile boolean closed;

    RedisLink(
            URI where,
            String nodesKey,
            Supplier<Bootstrap> bootstrap,
            Supplier<Optional<char[]>> password,
            InstantSource clock) {
        this.where = where;
        this.nodesKey = nodesKey;
        this.bootstrap = bootstrap;
        this.password = password;
        this.clock = clock;
        this.outageNanos = now();
        this.outage = true; // until it is asked, what others have used is not known
    }

    /// What the Redis said of one key.
    ///
    /// @param micros until the allowance is whole again, or until the next call may come
    record Told(boolean granted, long micros) {}

    URI where() {
        return where;
    }

    boolean up() {
        return talk != null;
    }

    /// When it was reached, last.
    long upSinceNanos() {
        return upSinceNanos;
    }

    /// Something is used that the Redis is not told of.
    void noteShareUsed() {
        sharesUsed = true;
    }

    /// Whether there is a time in which this node could not ask, and did not.
    boolean hadOutage() {
        return outage;
    }

    /// When the last such time began.
    long outageNanos() {
        return outageNanos;
    }

    /// How many nodes count together, this one among them.
    int nodes() {
        return nodes;
    }

    /// Takes so much time of the key's allowance, if it is there.
    CompletionStage<Told> take(String key, double periodMicros, double micros) {
        return ask(
                List.of(
                        "EVALSHA",
                        RedisScripts.TAKE_SHA,
                        "1",
                        key,
                        text(Math.max(0, periodMicros - Math.max(micros, 1))),
                        text(micros)));
    }

    /// Takes so much whether it is there or not.
    void charge(String key, double micros) {
        var _ =
                ask(
                        List.of(
                                "EVALSHA",
                                RedisScripts.TAKE_SHA,
                                "1",
                                key,
                                text(EVER_MICROS),
                                text(micros)));
    }

    /// Uses a key up for so long; says whether nobody had before.
    CompletionStage<Boolean> once(String key, Duration within) {
        RedisTalk now = talk;
        return now == null
                ? CompletableFuture.failedStage(new IllegalStateException("not connected"))
                : now.say(
                                List.of(
                                        "EVALSHA",
                                        RedisScripts.ONCE_SHA,
                                        "1",
                                        key,
                                        Long.toString(within.toMillis())))
                        .thenApply(answer -> {
                            if (answer.size() != 1) {
                                throw new IllegalStateException(
                                        answer.size() + " numbers (expected: 1)");
                            }
                            return answer.getFirst() == 1;
                        });
    }

    private CompletionStage<Told> ask(List<String> words) {
        RedisTalk now = talk;
        if (now == null) {
            return CompletableFuture.failedStage(new IllegalStateException("not connected"));
        }
        return now.say(words).thenApply(RedisLink::told);
    }

    private static Told told(List<Long> answer) {
        if (answer.size() != 2) {
            throw new IllegalStateException(answer.size() + " numbers (expected: 2)");
        }
        return new Told(answer.getFirst() == 1, answer.getLast());
    }

    private static String text(double number) {
        return String.format(java.util.Locale.ROOT, "%.3f", number);
    }

    void open() {
        if (closed) {
            return;
        }
        int port = where.getPort() < 0 ? PORT : where.getPort();
        ChannelFuture connecting =
                bootstrap
                        .get()
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_MAX.toMillis())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        RedisTalk.prepare(channel, where, port);
                                    }
                                })
                        .connect(where.getHost(), port);
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                greet(RedisTalk.over(connecting.channel()));
            } else {
                again(connecting.channel().eventLoop(), done.cause());
            }
        });
    }

    private void greet(RedisTalk begun) {
        begun.onEnd(why -> {
            if (talk == begun) {
                talk = null;
                outageNanos = now();
                outage = true;
            }
            again(begun.loop(), why);
        });
        Optional<char[]> shown = password.get();
        CompletionStage<?> ready =
                shown.isPresent()
                        ? begun.say(List.of("AUTH", new String(shown.get())))
                        : CompletableFuture.completedStage(List.of());
        ready.thenCompose(_ -> begun.say(List.of("SCRIPT", "LOAD", RedisScripts.TAKE)))
                .thenCompose(_ -> begun.say(List.of("SCRIPT", "LOAD", RedisScripts.HERE)))
                .thenCompose(_ -> begun.say(List.of("SCRIPT", "LOAD", RedisScripts.ONCE)))
                .thenCompose(_ -> here(begun))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        begun.close(failure);
                        return;
                    }
                    upSinceNanos = now();
                    outage = sharesUsed;
                    sharesUsed = false;
                    talk = begun;
                    LOG.atInfo().addKeyValue("at", where).log("limits are counted together");
                    begun.loop()
                            .scheduleAtFixedRate(
                                    () -> stillHere(begun),
                                    HERE_EVERY.toMillis(),
                                    HERE_EVERY.toMillis(),
                                    TimeUnit.MILLISECONDS);
                });
    }

    private void stillHere(RedisTalk known) {
        if (talk == known) {
            var _ = here(known);
        } else {
            throw new java.util.concurrent.CancellationException("ended"); // ends the schedule
        }
    }

    private CompletionStage<List<Long>> here(RedisTalk with) {
        return with.say(List.of("EVALSHA", RedisScripts.HERE_SHA, "1", nodesKey, self))
                .whenComplete((count, _) -> {
                    if (count != null && count.size() == 1) {
                        nodes = Math.max(1, count.getFirst().intValue());
                    }
                });
    }

    private void again(EventLoop loop, Throwable why) {
        if (!closed) {
            LOG.atWarn()
                    .addKeyValue("at", where)
                    .addKeyValue("why", why.getMessage())
                    .log("limits cannot be counted together; this node counts for its share only");
            loop.schedule(this::open, AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private long now() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public void close() {
        closed = true;
        RedisTalk now = talk;
        talk = null;
        if (now != null) {
            now.close(new IllegalStateException("closed"));
        }
    }
}
