package dev.ringwall.gateway;

import dev.ringwall.events.Header;
import dev.ringwall.events.Ids;
import dev.ringwall.events.Recorder;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Operation;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// One listener at work: what every request that comes in there begins with, and how it is recorded.
final class Entry {

    private static final int METHOD_LENGTH_MAX = 16;

    private static final CompletionStage<Recorder.Outcome> KEPT =
            CompletableFuture.completedStage(new Recorder.Outcome.Kept());

    private final Place place;
    private final Supplier<Snapshot> snapshots;
    private final Rings rings;
    private final Recorder recorder;
    private final Ids ids;
    private final TraceIds traces;
    private final InstantSource clock;
    private final Counters counters;
    private final Function<EventLoop, Upstreams> upstreams;

    Entry(
            Place place,
            Supplier<Snapshot> snapshots,
            Rings rings,
            Recorder recorder,
            InstantSource clock,
            Counters counters,
            Function<EventLoop, Upstreams> upstreams) {
        this.place = place;
        this.snapshots = snapshots;
        this.rings = rings;
        this.recorder = recorder;
        this.ids = new Ids(clock);
        this.traces = new TraceIds();
        this.clock = clock;
        this.counters = counters;
        this.upstreams = upstreams;
    }

    Rings rings() {
        return rings;
    }

    Upstreams upstreams(EventLoop loop) {
        return upstreams.apply(loop);
    }

    /// What is known of a request before any ring has seen it. Strangers' words on ids and traces are not taken.
    Transit begin(Channel front, HttpRequest request) {
        boolean inside = !(place instanceof Place.Door);
        String claimed = inside ? request.headers().get(Answers.REQUEST) : null;
        String id = claimed != null && Ids.wellFormed(claimed) ? claimed : ids.next();
        String trace =
                inside ? traces.continued(request.headers().get("traceparent")) : traces.next();
        String address =
                front.remoteAddress() instanceof InetSocketAddress remote
                        ? remote.getAddress().getHostAddress()
                        : "-";
        return new Transit(
                id,
                trace,
                traces.span(),
                address,
                snapshots.get(),
                request,
                place instanceof Place.Inbound ? peerChain(front) : List.of(),
                System.nanoTime());
    }

    /// Records how the call ended, as firmly as what it touched asks for. Allowed use of public data is only counted, unless the
    /// declaration wants everything.
    CompletionStage<Recorder.Outcome> record(Transit call, int status, @Nullable Refusal refusal) {
        counters.count(place, call, status, refusal);
        boolean open =
                refusal == null
                        && call.sensitivity() == DataType.Sensitivity.PUBLIC
                        && !call.snapshot().blueprint().declaration().audit().everything();
        if (open) {
            return KEPT;
        }
        call.step(dev.ringwall.model.Ring.RECORD, true, "");
        List<dev.ringwall.model.Line> because =
                refusal == null || refusal.because().isEmpty() ? call.because() : refusal.because();
        Header header =
                new Header(
                        ids.next(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        call.snapshot().blueprint().system(),
                        nodeName(),
                        Optional.of(call.id()),
                        Optional.of(call.trace()));
        return recorder.record(
                new SecurityEvent.CallDecided(
                        header,
                        place.hop(),
                        call.operation().map(Operation::name).map(Object::toString),
                        method(call),
                        call.caller(),
                        call.original().map(actor -> actor.id()),
                        Optional.ofNullable(refusal).map(Refusal::reason),
                        because,
                        call.steps(),
                        status,
                        call.sensitivity(),
                        1));
    }

    private String nodeName() {
        return switch (place) {
            case Place.Door _ -> "gateway";
            case Place.Inbound inbound -> inbound.service();
            case Place.Outbound outbound -> outbound.service();
        };
    }

    private static String method(Transit call) {
        String method = call.request().method().name();
        return method.length() <= METHOD_LENGTH_MAX
                ? method
                : method.substring(0, METHOD_LENGTH_MAX);
    }

    private static List<X509Certificate> peerChain(Channel front) {
        SslHandler tls = front.pipeline().get(SslHandler.class);
        if (tls == null) {
            return List.of();
        }
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : tls.engine().getSession().getPeerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
        } catch (SSLPeerUnverifiedException noneShown) {
            return List.of();
        }
        return chain;
    }
}
