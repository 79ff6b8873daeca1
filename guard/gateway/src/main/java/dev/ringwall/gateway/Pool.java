package dev.ringwall.gateway;

import dev.ringwall.events.Ids;
import dev.ringwall.wire.UpstreamCodec;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The connections of one event loop: those of callers, which it watches the time for, and those to next hops, which it keeps for the
/// next request. Everything happens on that loop, so nothing is ever waited for.
final class Pool {

    /// So many connections to one next hop are kept when nobody needs them.
    static final int IDLE_PER_WAY_MAX = 64;

    /// How long one is kept unused; shorter than those at the other end keep it.
    static final Duration IDLE_MAX = Duration.ofSeconds(20);

    /// How long the end of all connections that nobody uses is waited for.
    private static final Duration CLOSE_MAX = Duration.ofMillis(500);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final Connector connector;
    private final Records records;
    private final Ids ids;
    private final Map<Way, Deque<UpstreamHandler>> idle = new HashMap<>();
    private final Map<Way, List<Trunk>> trunks = new HashMap<>();
    private final Map<Watched, Side> callers = new HashMap<>();

    Pool(EventLoop loop, Connector connector, Records records, Ids ids) {
        this.loop = loop;
        this.ids = ids;
        this.records = records;
        this.connector = connector;
        loop.scheduleAtFixedRate(
                this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    EventLoop loop() {
        return loop;
    }

    /// What is to be recorded on its loop.
    Records records() {
        return records;
    }

    /// Names what happens on its loop. All loops together would wait for each other.
    Ids ids() {
        return ids;
    }

    /// What became of asking for a connection.
    sealed interface Taken {
        /// Here it is, for one request.
        record Ready(UpstreamHandler upstream) implements Taken {}

        /// There is none.
        record Failed(String why) implements Taken {}
    }

    /// Hands over a kept connection, or a new one; or a stream, where many requests share a connection.
    void take(Way way, Consumer<Taken> to) {
        if (way.multiplexed()) {
            takeStream(way, to);
            return;
        }
        Deque<UpstreamHandler> kept = idle.get(way);
        UpstreamHandler upstream;
        while (kept != null && (upstream = kept.pollLast()) != null) {
            if (upstream.channel().isActive()) {
                to.accept(new Taken.Ready(upstream));
                return;
            }
        }
        connect(way, to);
    }

    /// Hands over a new connection.
    void connect(Way way, Consumer<Taken> to) {
        UpstreamHandler upstream = new UpstreamHandler(this, way);
        connector.connect(
                way,
                pipeline -> pipeline.addLast(new UpstreamCodec(), upstream),
                outcome -> {
                    switch (outcome) {
                        case Connector.Connected.Yes(Channel channel) -> {
                            channel.closeFuture().addListener(_ -> dropClosed(way));
                            to.accept(new Taken.Ready(upstream));
                        }
                        case Connector.Connected.No(String why) -> to.accept(new Taken.Failed(why));
                    }
                });
    }

    private void takeStream(Way way, Consumer<Taken> to) {
        List<Trunk> all = trunks.computeIfAbsent(way, _ -> new ArrayList<>(1));
        for (Trunk trunk : all) {
            if (trunk.hasRoom()) {
                trunk.take(to);
                return;
            }
        }
        Trunk trunk = new Trunk(this, way);
        all.add(trunk);
        trunk.take(to);
        connector.connect(
                way,
                trunk::speakOn,
                outcome -> {
                    switch (outcome) {
                        case Connector.Connected.Yes(Channel channel) -> trunk.ready(channel);
                        case Connector.Connected.No(String why) -> trunk.failed(why);
                    }
                });
    }

    /// That connection carries nothing any more.
    void forget(Way way, Trunk trunk) {
        trunks.computeIfPresent(
                way,
                (_, all) -> {
                    all.remove(trunk);
                    return all.isEmpty() ? null : all;
                });
    }

    private void dropClosed(Way way) {
        Deque<UpstreamHandler> kept = idle.get(way);
        if (kept != null) {
            kept.removeIf(upstream -> !upstream.channel().isActive());
            if (kept.isEmpty()) {
                idle.remove(way);
            }
        }
    }

    /// Keeps a connection for the next request.
    void keep(UpstreamHandler upstream) {
        Deque<UpstreamHandler> kept = idle.computeIfAbsent(upstream.way(), _ -> new ArrayDeque<>());
        if (kept.size() >= IDLE_PER_WAY_MAX || !upstream.channel().isActive()) {
            upstream.closeIfOpen();
        } else {
            kept.addLast(upstream);
        }
    }

    void watch(Watched caller, Side from) {
        callers.put(caller, from);
    }

    void forget(Watched caller) {
        callers.remove(caller);
    }

    private void tick() {
        tick(System.nanoTime());
    }

    /// Looks at the time on every connection.
    void tick(long now) {
        List.copyOf(callers.keySet()).forEach(caller -> caller.tick(now));
        List<UpstreamHandler> old = new ArrayList<>();
        for (Deque<UpstreamHandler> kept : idle.values()) {
            for (UpstreamHandler upstream : kept) {
                if (now - upstream.idleSinceNanos() > IDLE_MAX.toNanos()) {
                    old.add(upstream);
                }
            }
        }
        old.forEach(UpstreamHandler::closeIfOpen);
        allTrunks().forEach(trunk -> trunk.tick(now));
    }

    private List<Trunk> allTrunks() {
        List<Trunk> all = new ArrayList<>();
        trunks.values().forEach(all::addAll);
        return all;
    }

    /// Closes the connections of those who call this node from elsewhere, each when nothing is under way on it.
    void drainCallers() {
        loop.execute(() ->
                Map.copyOf(callers)
                        .forEach((caller, from) -> {
                            if (from != Side.OUTBOUND) {
                                caller.drain();
                            }
                        }));
    }

    /// Closes what nobody uses, and what is in use when it is over. Returns when the former is closed, so that its loop may end, or after
    /// a moment. Not on the loop.
    void drain() {
        long end = System.nanoTime() + CLOSE_MAX.toNanos();
        List<ChannelFuture> closing = new CopyOnWriteArrayList<>();
        Future<?> asked =
                loop.submit(() -> {
                    List.copyOf(callers.keySet()).forEach(Watched::drain);
                    List<UpstreamHandler> all = new ArrayList<>();
                    idle.values().forEach(all::addAll);
                    all.forEach(unused -> closing.add(unused.channel().close()));
                    allTrunks().forEach(Trunk::drain);
                });
        asked.awaitUninterruptibly(CLOSE_MAX.toNanos(), TimeUnit.NANOSECONDS);
        closing.forEach(
                one -> one.awaitUninterruptibly(end - System.nanoTime(), TimeUnit.NANOSECONDS));
    }
}
