package dev.ringwall.gateway;

import dev.ringwall.events.Ids;
import dev.ringwall.events.Recorder;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.limits.Counts;
import dev.ringwall.limits.SharedCounts;
import dev.ringwall.model.Counters;
import dev.ringwall.model.Door;
import dev.ringwall.wire.Transports;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The data plane of one node: its listeners, the rings, and the configuration that they decide by.
///
/// It begins without a configuration and refuses everything. [#apply] gives it one, whole, and later ones under traffic: a request keeps
/// the one that it began with. Any thread may call any method.
public final class DataPlane implements AutoCloseable {

    /// So many connections of callers one node holds; more are closed at once.
    public static final int CONNECTIONS_MAX = Door.CONNECTIONS_PER_ADDRESS_MAX;

    private static final int DRAIN_LOOK_MILLIS = 20;
    private final NodeSettings settings;
    private final Tools tools;
    private final Rings rings;
    private final PeerVerifier verifier;
    private final SslProvider provider;
    private final Transports transports = Transports.best();
    private final EventLoopGroup loops;
    private final SharedCounts counters;
    private final Workers handshakes;
    private final Map<EventLoop, Pool> pools = new HashMap<>();
    private final List<Front> fronts = new CopyOnWriteArrayList<>();
    private final List<Channel> listening = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Plan> plan = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private DataPlane(
            NodeSettings settings,
            Recorder recorder,
            InstantSource clock,
            Function<Tools, Rings> assembly)
            throws IOException {
        Transports.watchForLeaksWhereAsked();
        this.settings = settings;
        this.verifier = new PeerVerifier(settings.root(), clock);
        this.provider = TlsServers.provider(settings.tls());
        this.loops = transports.loops(settings.loops(), "ringwall-loop");
        this.counters =
                new SharedCounts(
                        settings.root().system(),
                        () -> transports.client(loops),
                        this::countersPassword,
                        clock);
        Held held = Held.usual();
        Roads roads = Roads.open();
        Checks checks = new Checks(settings.root().system(), roads.outliers());
        this.tools =
                new Tools(
                        settings,
                        clock,
                        new Ids(clock),
                        recorder,
                        new Workers("ringwall-worker-", settings.loops()),
                        new Counts(counters),
                        new TxnTokens(verifier, clock),
                        new DpopProofs(counters),
                        new UnderWay(),
                        held,
                        roads,
                        checks,
                        new Meters(
                                clock,
                                () -> fronts,
                                this::bundle,
                                held::bytes,
                                checks.probes()::counts));
        this.rings = assembly.apply(tools);
        this.handshakes = new Workers("ringwall-handshake-", settings.loops());
        TlsClients clients = new TlsClients(provider, verifier, handshakes.executor());
        for (EventExecutor each : loops) {
            EventLoop loop = (EventLoop) each;
            pools.put(
                    loop,
                    new Pool(
                            loop,
                            new Connector(loop, transports, clients, tools.workers()),
                            new Records(loop, recorder),
                            new Ids(clock)));
        }
        checks.start(pools.values().iterator().next(), plan::get, () -> fronts);
    }

    /// Loads the native TLS library. Starting does it as well; this is for whoever has a processor to spare before that.
    public static void load() {
        TlsServers.provider(NodeSettings.TlsLibrary.QUICKEST);
    }

    /// Starts one without listeners and without a configuration.
    ///
    /// @throws IOException when the health address cannot be listened on
    public static DataPlane start(NodeSettings settings, Recorder recorder, InstantSource clock)
            throws IOException {
        return start(settings, recorder, clock, Rings::standard);
    }

    /// For the laboratory, which lies among the tests: a data plane with other rings.
    static DataPlane start(
            NodeSettings settings,
            Recorder recorder,
            InstantSource clock,
            Function<Tools, Rings> assembly)
            throws IOException {
        return new DataPlane(settings, recorder, clock, assembly);
    }

    /// Opens a listener; returns the address that it got.
    ///
    /// @throws IOException when the address cannot be listened on
    public InetSocketAddress open(Listener listener) throws IOException {
        Front front = new Front(listener, tools, rings, verifier, plan);
        Consumer<Channel> first =
                switch (listener) {
                    case Listener.Door door -> {
                        DoorTls tls =
                                new DoorTls(
                                        provider,
                                        door.certificates(),
                                        handshakes.executor(),
                                        tools.clock());
                        yield caller -> caller.pipeline().addLast(new Greeting(front, tls));
                    }
                    case Listener.Inbound inbound -> {
                        TlsServers tls =
                                TlsServers.mutual(
                                        provider,
                                        inbound.identity(),
                                        verifier,
                                        handshakes.executor());
                        yield caller -> caller.pipeline().addLast(tls.handler(caller.alloc()));
                    }
                    case Listener.Outbound _ -> _ -> {};
                };
        Channel channel = bind(listener.address(), new FrontInitializer(front, first, pools));
        front.bound((InetSocketAddress) channel.localAddress());
        fronts.add(front);
        if (listener instanceof Listener.Inbound inbound) {
            tools.checks().own().watch(inbound);
            channel.closeFuture().addListener(_ -> tools.checks().own().forget(inbound));
        }
        channel.closeFuture().addListener(_ -> fronts.remove(front));
        return (InetSocketAddress) channel.localAddress();
    }

    /// Closes the listener on that address to new connections; those that stand end with their request.
    public void shut(InetSocketAddress address) {
        for (Channel channel : List.copyOf(listening)) {
            if (address.equals(channel.localAddress())) {
                listening.remove(channel);
                channel.close().awaitUninterruptibly();
            }
        }
    }

    /// From now on requests are decided by this.
    ///
    /// @throws IllegalArgumentException when the issuer's keys cannot be read; the one before stays in force
    public synchronized void apply(Snapshot snapshot) {
        Plan next = Plan.of(snapshot, plan.get(), tools.limits(), settings.secrets());
        tools.checks().probes().follow(snapshot);
        plan.set(next);
        counters.at(snapshot.blueprint().declaration().counters().map(Counters::redis));
    }

    private Optional<char[]> countersPassword() {
        Plan current = plan.get();
        return current == null
                ? Optional.empty()
                : current.snapshot()
                        .blueprint()
                        .declaration()
                        .counters()
                        .flatMap(Counters::secret)
                        .flatMap(settings.secrets()::secret);
    }

    /// Whether the nodes that count limits together can do so now; empty where each counts by itself.
    public Optional<Boolean> countsTogether() {
        return counters.reached();
    }

    /// The number of the bundle in force; 0 before the first.
    public long bundle() {
        Plan current = plan.get();
        return current == null ? 0 : current.snapshot().number();
    }

    /// Hands that to one of our own, over a connection that is kept for the next.
    public CompletionStage<Delivery.Outcome> deliver(Delivery delivery) {
        return Delivering.start(pools.values().iterator().next(), delivery);
    }

    /// Everything that is counted, in the text format of Prometheus.
    public byte[] metrics() {
        return tools.meters().text();
    }

    /// For the laboratory: looks at the time on every connection as if so much more of it had passed.
    void tickIn(Duration by) {
        long then = System.nanoTime() + by.toNanos();
        pools.forEach((loop, pool) -> loop.submit(() -> pool.tick(then)).awaitUninterruptibly());
    }

    private Channel bind(InetSocketAddress address, ChannelHandler children) throws IOException {
        ChannelFuture binding =
                transports
                        .server(loops)
                        .option(ChannelOption.SO_BACKLOG, 1_024)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.AUTO_READ, false)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(children)
                        .bind(address)
                        .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(address + " cannot be listened on", binding.cause());
        }
        listening.add(binding.channel());
        return binding.channel();
    }

    /// Takes no more connections but from the services beside it, and lets what others have under way end, for as long as the settings
    /// say. Ways out stay open meanwhile.
    public void drain() {
        List<Front> inward =
                fronts.stream()
                        .filter(front -> Side.of(front.listener()) != Side.OUTBOUND)
                        .toList();
        tools.checks().stop();
        inward.forEach(front -> {
            front.close();
            front.bound().ifPresent(this::shut);
        });
        pools.values().forEach(Pool::drainCallers);
        awaitUntil(() -> inward.stream().allMatch(front -> front.standing() == 0));
    }

    private void awaitUntil(BooleanSupplier over) {
        long deadline = System.nanoTime() + settings.drain().toNanos();
        while (!over.getAsBoolean() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(DRAIN_LOOK_MILLIS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Takes no more connections, lets what is under way end for as long as the settings say, and stops.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        tools.checks().stop();
        fronts.forEach(Front::close);
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
        counters.close();
        pools.values().forEach(Pool::drain);
        awaitUntil(() -> tools.meters().connections() == 0);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        tools.workers().close();
        handshakes.close();
    }
}
