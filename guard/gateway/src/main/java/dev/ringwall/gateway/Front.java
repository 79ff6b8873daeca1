package dev.ringwall.gateway;

import dev.ringwall.events.Actor;
import dev.ringwall.events.Header;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.events.Step;
import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.keys.Purpose;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Door;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// What all connections of one listener share.
final class Front {

    private final Listener listener;
    private final Tools tools;
    private final Rings rings;
    private final PeerVerifier verifier;
    private final AtomicReference<@Nullable Plan> plan;
    private final PerAddress perAddress = new PerAddress();
    private final AtomicInteger standing = new AtomicInteger();
    private volatile Optional<InetSocketAddress> bound = Optional.empty();
    private volatile boolean closing;

    Front(
            Listener listener,
            Tools tools,
            Rings rings,
            PeerVerifier verifier,
            AtomicReference<@Nullable Plan> plan) {
        this.listener = listener;
        this.tools = tools;
        this.rings = rings;
        this.verifier = verifier;
        this.plan = plan;
    }

    Listener listener() {
        return listener;
    }

    /// A request begins.
    Exchange exchange(Arrival arrival, Plan begun, HttpRequest head, RequestBody body, Pool pool) {
        return new Exchange(
                arrival,
                begun,
                head,
                body,
                new Trail(System.nanoTime()),
                new Usage(tools.clock()),
                pool,
                micros(tools.clock().instant()),
                pool.ids().next());
    }

    private static Instant micros(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond(), at.getNano() / 1_000 * 1_000L);
    }

    String hop() {
        return listener.hop();
    }

    Tools tools() {
        return tools;
    }

    Rings rings() {
        return rings;
    }

    /// The plan in force; null before the first.
    @Nullable Plan plan() {
        return plan.get();
    }

    /// When that ends which callers see of this node.
    Instant shownUntil() {
        return listener instanceof Listener.Door door
                ? door.certificates().get().notAfter()
                : listener.identity().get().notAfter();
    }

    /// What is declared of the door now.
    Door declaredDoor() {
        Plan current = plan.get();
        return current == null ? Door.PLAIN : current.snapshot().blueprint().declaration().door();
    }

    boolean closing() {
        return closing;
    }

    /// It listens there.
    void bound(InetSocketAddress address) {
        bound = Optional.of(address);
    }

    /// Where it listens; empty as long as it does not.
    Optional<InetSocketAddress> bound() {
        return bound;
    }

    /// A connection stands until it closes.
    void stands(Channel channel) {
        standing.incrementAndGet();
        channel.closeFuture().addListener(_ -> standing.decrementAndGet());
    }

    /// How many connections stand.
    int standing() {
        return standing.get();
    }

    void close() {
        closing = true;
    }

    /// Whether connections begin with TLS.
    boolean secured() {
        return Side.of(listener) != Side.OUTBOUND;
    }

    Arrival arrival(InetAddress address, Optional<Peer> peer) {
        return new Arrival(listener, address, peer, Optional.empty());
    }

    /// Who has come, after a handshake that went well; empty when a node should have come and did not.
    Optional<Arrival> secured(Channel channel, InetAddress address) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (Side.of(listener) == Side.DOOR) {
            return Optional.of(
                    new Arrival(
                            listener,
                            address,
                            Optional.empty(),
                            Optional.of(
                                    Outsider.of(
                                            (InetSocketAddress) channel.localAddress(),
                                            tls.engine()))));
        }
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate each : tls.engine().getSession().getPeerCertificates()) {
                chain.add((X509Certificate) each);
            }
            return verifier.verify(chain, Purpose.CLIENT)
                            instanceof PeerVerifier.Verdict.Trusted(var id)
                    ? Optional.of(arrival(address, Optional.of(Peer.of(id, chain))))
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException nobody) {
            return Optional.empty();
        }
    }

    /// Whether one more connection may stand: at the door one address holds only a part of them. Who holds too many is told in one event.
    boolean admits(Channel channel) {
        if (Side.of(listener) != Side.DOOR
                || !(channel.remoteAddress() instanceof InetSocketAddress caller)) {
            return true;
        }
        InetAddress address = caller.getAddress();
        int most = declaredDoor().connectionsPerAddress();
        if (!perAddress.enter(address, most)) {
            turnedAway(
                    address,
                    Reason.LIMIT_REACHED,
                    "holds " + most + " connections (`door: { connections-per-address: … }`)");
            return false;
        }
        channel.closeFuture().addListener(_ -> perAddress.leave(address));
        return true;
    }

    /// Somebody without a good certificate wanted to be one of our nodes. That is recorded; failed handshakes of strangers at the door
    /// are weather.
    void handshakeFailed(InetAddress address, Throwable cause) {
        if (Side.of(listener) == Side.INBOUND) {
            turnedAway(address, Reason.PEER_NOT_TRUSTED, String.valueOf(cause.getMessage()));
        }
    }

    private void turnedAway(InetAddress address, Reason reason, String why) {
        Plan current = plan.get();
        if (current == null) {
            return;
        }
        tools.recorder()
                .record(
                        new SecurityEvent.CallDecided(
                                new Header(
                                        tools.ids().next(),
                                        micros(tools.clock().instant()),
                                        current.snapshot().blueprint().system(),
                                        listener.node(),
                                        Optional.empty(),
                                        Optional.empty()),
                                listener.hop(),
                                Optional.empty(),
                                "-",
                                Actor.stranger(address.getHostAddress()),
                                Optional.empty(),
                                Optional.of(reason),
                                List.of(),
                                List.of(
                                        new Step(
                                                Ring.TRANSPORT,
                                                false,
                                                0,
                                                why.substring(0, Math.min(200, why.length())))),
                                reason.status(),
                                DataType.Sensitivity.PUBLIC,
                                1));
    }

    /// There is nothing to decide by yet, so everything is refused.
    void notReady(Channel channel) {
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(Reason.NOT_READY.status()));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                .set(HttpHeaderNames.RETRY_AFTER, 1)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        channel.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
}
