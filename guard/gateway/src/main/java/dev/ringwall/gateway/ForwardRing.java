package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Finds the way on, and writes the head that goes there: nothing that only a node may say is passed on from anybody else, and what the
/// next hop must know is said in this node's own words.
final class ForwardRing implements Gate {

    private final Tools tools;
    private final AtomicInteger turn = new AtomicInteger();

    /// By their names, which only declarations give.
    private final Map<String, SpiffeId> services = new ConcurrentHashMap<>();

    private final Map<SpiffeId, Passage> texts = new ConcurrentHashMap<>();

    ForwardRing(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Ring ring() {
        return Ring.FORWARD;
    }

    @Override
    public Passage pass(Exchange exchange) {
        return switch (exchange.arrival().listener()) {
            case Listener.Door door -> fromDoor(exchange, door);
            case Listener.Inbound inbound -> toService(exchange, inbound);
            case Listener.Outbound outbound -> fromService(exchange, outbound);
        };
    }

    private Passage fromDoor(Exchange exchange, Listener.Door door) {
        HttpRequest head = cleaned(exchange);
        HttpHeaders headers = head.headers();
        headers.set(Names.FORWARDED, forwarded(exchange));
        if (exchange.destination() instanceof Destination.ToIdentity) {
            exchange.arrival()
                    .outsider()
                    .flatMap(Outsider::certificate)
                    .ifPresent(shown -> {
                        headers.set(Names.CLIENT_CERT, shown.leaf());
                        if (!shown.above().isEmpty()) {
                            headers.set(Names.CLIENT_CERT_CHAIN, String.join(", ", shown.above()));
                        }
                    });
            SpiffeId control = SpiffeId.control(tools.settings().root().system());
            return onward(exchange, head, Snapshot.CONTROL, control, door.identity().get());
        }
        headers.remove(HttpHeaderNames.AUTHORIZATION);
        headers.remove(Names.DPOP);
        return toNode(exchange, head, door.identity().get());
    }

    private Passage toService(Exchange exchange, Listener.Inbound inbound) {
        HttpRequest head = cleaned(exchange);
        HttpHeaders headers = head.headers();
        HttpHeaders came = exchange.head().headers();
        Peer peer = exchange.arrival().peer().orElseThrow();
        if (peer.id().equals(SpiffeId.gateway(peer.id().system()))
                && came.contains(Names.FORWARDED)) {
            headers.set(Names.FORWARDED, came.get(Names.FORWARDED));
        }
        TxnTokens.Told told = TxnTokens.Told.of(exchange.caller());
        String operation = exchange.permitted().value().operation().toString();
        headers.set(Names.CALLER, told.subject())
                .set(Names.ROLES, String.join(",", told.roles().stream().sorted().toList()))
                .set(Names.OPERATION, operation)
                .set(Names.ENTRY, inbound.entry())
                .set(Names.TXN_TOKEN, came.get(Names.TXN_TOKEN));
        InetSocketAddress service = inbound.upstream();
        exchange.onward(
                new Exchange.Onward(
                        List.of(
                                spoken(
                                        exchange,
                                        Way.plain(service.getHostString(), service.getPort()))),
                        head));
        return Passage.PASSED;
    }

    private Passage fromService(Exchange exchange, Listener.Outbound outbound) {
        exchange.permitted(); // here, for third parties as well, or nothing goes out
        HttpRequest head = cleaned(exchange);
        head.headers().remove(HttpHeaderNames.AUTHORIZATION);
        if (exchange.operation().orElseThrow().thirdParty()) {
            return OutsideRoad.to(
                    exchange,
                    head,
                    exchange.plan().thirdParty(outbound.callee()),
                    tools.settings().secrets());
        }
        return toNode(exchange, head, outbound.identity().get());
    }

    /// To the sidecar of the operation's service, with a token that says who calls.
    private Passage toNode(Exchange exchange, HttpRequest head, Identity as) {
        String system = tools.settings().root().system();
        String service = exchange.permitted().value().operation().owner();
        SpiffeId to = services.computeIfAbsent(service, name -> new SpiffeId(system, name));
        TxnTokens.Statement statement =
                new TxnTokens.Statement(
                        as,
                        to,
                        exchange.permitted().value().operation(),
                        exchange.caller(),
                        exchange.address(),
                        exchange.handedToken());
        AsciiString known = tools.txnTokens().knownFor(statement);
        if (known != null) {
            head.headers().set(Names.TXN_TOKEN, known);
            return onward(exchange, head, service, to, as);
        }
        return tools.workers()
                .later(() -> {
                    String made = tools.txnTokens().make(statement, exchange.requestId());
                    head.headers().set(Names.TXN_TOKEN, made);
                    return onward(exchange, head, service, to, as);
                });
    }

    private Passage onward(
            Exchange exchange, HttpRequest head, String name, SpiffeId to, Identity as) {
        List<InetSocketAddress> endpoints =
                exchange.plan().snapshot().endpoints().getOrDefault(name, List.of());
        if (endpoints.isEmpty()) {
            return new Passage.Refused(Reason.UNREACHABLE, "no endpoint of " + name + " is known");
        }
        List<Way> ways = new ArrayList<>(endpoints.size());
        // all event loops share the number, so where there is no choice it is left alone
        int first =
                endpoints.size() == 1 ? 0 : Math.floorMod(turn.getAndIncrement(), endpoints.size());
        for (int i = 0; i < endpoints.size(); i++) {
            InetSocketAddress endpoint = endpoints.get((first + i) % endpoints.size());
            Way.Crossing crossing = new Way.Crossing.Mutual(as, to);
            ways.add(
                    spoken(
                            exchange,
                            new Way(endpoint.getHostString(), endpoint.getPort(), crossing)));
        }
        exchange.onward(new Exchange.Onward(tools.roads().outliers().ordered(ways), head));
        return texts.computeIfAbsent(to, id -> new Passage.Passed(id.toString()));
    }

    /// gRPC goes on in HTTP/2, all else in HTTP/1.1, which costs less where one request follows the other.
    private static Way spoken(Exchange exchange, Way way) {
        return exchange.speaks(Protocol.GRPC) ? way.inHttp2() : way;
    }

    /// A copy of the head without what ends here and without what only nodes may say; with the request id and the trace.
    private static HttpRequest cleaned(Exchange exchange) {
        HttpRequest came = exchange.head();
        HttpHeaders headers = Names.passedOn(came.headers());
        headers.remove(HttpHeaderNames.EXPECT);
        if (exchange.speaks(Protocol.WEBSOCKET)) {
            WebSocket.ask(headers);
        }
        if (exchange.speaks(Protocol.GRPC)) {
            headers.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
        }
        boolean held = exchange.hasPermit() && exchange.permitted().holdsAnswer();
        if (held || AnswerTrimming.looksAt(exchange)) {
            // the answer must come whole and readable, or it cannot be judged
            headers.set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
            headers.remove(HttpHeaderNames.RANGE);
            headers.remove(HttpHeaderNames.IF_RANGE);
        }
        if (held) {
            headers.remove(HttpHeaderNames.IF_NONE_MATCH);
            headers.remove(HttpHeaderNames.IF_MODIFIED_SINCE);
        }
        headers.set(Names.REQUEST, exchange.requestId());
        headers.set(Names.TRACEPARENT, TraceParent.next(exchange.traceId()));
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, came.method(), exchange.target().raw(), headers);
    }

    /// RFC 7239 §4.
    private static String forwarded(Exchange exchange) {
        InetAddress address = exchange.arrival().address();
        String client = address.getHostAddress();
        int zone = client.indexOf('%');
        String plain = zone < 0 ? client : client.substring(0, zone);
        String shown = address instanceof Inet6Address ? "\"[" + plain + "]\"" : plain;
        Optional<String> host =
                Optional.ofNullable(exchange.head().headers().get(HttpHeaderNames.HOST));
        return "for=" + shown + ";proto=https;host=\"" + host.orElse("") + "\"";
    }
}
