package dev.ringwall.gateway;

import dev.ringwall.events.Actor;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.model.ThirdParty;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Where a permitted call goes, and which headers go with it in either direction.
///
/// What callers say of themselves in headers that this house sets (`Ringwall-*`, `Txn-Token`, `Forwarded`, `X-Forwarded-*`,
/// `traceparent`) never passes; hop-by-hop headers stay on their hop (RFC 9110 §7.6.1).
final class Forwarding {

    private static final List<String> HOP_BY_HOP =
            List.of(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "upgrade",
                    "expect",
                    "http2-settings");
    private static final List<String> OURS =
            List.of("forwarded", "traceparent", "tracestate", "txn-token", "x-real-ip");
    private static final List<String> OUR_PREFIXES = List.of("ringwall-", "x-forwarded-");
    private static final Map<String, String> SECURITY =
            Map.of(
                    "Strict-Transport-Security", "max-age=31536000",
                    "X-Content-Type-Options", "nosniff",
                    "Referrer-Policy", "no-referrer",
                    "X-Frame-Options", "DENY",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Cross-Origin-Resource-Policy", "same-origin",
                    "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private final Place place;
    private final RingParts parts;
    private final TxnTokens tokens;

    Forwarding(Place place, RingParts parts) {
        this.place = place;
        this.parts = parts;
        this.tokens = new TxnTokens(identity(place), parts.clock());
    }

    private static Supplier<Identity> identity(Place place) {
        return switch (place) {
            case Place.Door door -> door.identity();
            case Place.Inbound inbound -> inbound.identity();
            case Place.Outbound outbound -> outbound.identity();
        };
    }

    /// Where the call goes on to; a refusal when nobody is there.
    Rings.Outcome onward(Transit call, boolean holdsRequest, boolean holdsAnswer) {
        return switch (place) {
            case Place.Door door when call.isToIdentity() ->
                    call.snapshot()
                            .control()
                            .map(control ->
                                    passed(
                                            peer(door.identity(), call, control, "control"),
                                            call.target().raw(),
                                            false,
                                            false))
                            .orElseGet(() -> unreachable("no control plane"));
            case Place.Door door -> toService(call, door.identity(), holdsRequest, holdsAnswer);
            case Place.Inbound inbound ->
                    passed(
                            new Upstreams.Peer(inbound.upstream(), Optional.empty()),
                            call.target().raw(),
                            holdsRequest,
                            holdsAnswer);
            case Place.Outbound outbound -> {
                ThirdParty party =
                        call.snapshot()
                                .blueprint()
                                .declaration()
                                .thirdParties()
                                .get(outbound.callee());
                yield party == null
                        ? toService(call, outbound.identity(), holdsRequest, holdsAnswer)
                        : toThirdParty(call, party, holdsRequest, holdsAnswer);
            }
        };
    }

    private Rings.Outcome toService(
            Transit call, Supplier<Identity> own, boolean holdsRequest, boolean holdsAnswer) {
        String service = call.operation().orElseThrow().name().owner();
        List<InetSocketAddress> addresses =
                call.snapshot().endpoints().getOrDefault(service, List.of());
        return addresses.isEmpty()
                ? unreachable("no sidecar of " + service + " is known")
                : passed(
                        peer(own, call, addresses.getFirst(), service),
                        call.target().raw(),
                        holdsRequest,
                        holdsAnswer);
    }

    private Rings.Outcome toThirdParty(
            Transit call, ThirdParty party, boolean holdsRequest, boolean holdsAnswer) {
        URI url = party.url();
        boolean secure = "https".equals(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        InetSocketAddress address = new InetSocketAddress(url.getHost(), port);
        if (address.isUnresolved()) {
            return unreachable(party.name() + " cannot be resolved");
        }
        InetAddress host = address.getAddress();
        if (!secure && !host.isLoopbackAddress()) {
            return unreachable(party.name() + " is not spoken to in the clear");
        }
        if (party.credential().isPresent() && credential(party.credential().get()).isEmpty()) {
            return unreachable("the credential of " + party.name() + " is not known here");
        }
        Optional<SslContext> tls =
                secure ? Optional.of(parts.connections().toOutside()) : Optional.empty();
        String base = url.getPath() == null || url.getPath().equals("/") ? "" : url.getPath();
        return passed(
                new Upstreams.Peer(address, tls),
                base + call.target().raw(),
                holdsRequest,
                holdsAnswer);
    }

    private Upstreams.Peer peer(
            Supplier<Identity> own, Transit call, InetSocketAddress address, String name) {
        SpiffeId wanted = new SpiffeId(call.snapshot().blueprint().system(), name);
        return new Upstreams.Peer(
                address,
                Optional.of(parts.connections().toPeer(own, call.snapshot().peers(), wanted)));
    }

    private static Rings.Outcome passed(
            Upstreams.Peer peer, String target, boolean holdsRequest, boolean holdsAnswer) {
        return new Rings.Outcome.Passed(new Rings.Onward(peer, target, holdsRequest, holdsAnswer));
    }

    private static Rings.Outcome unreachable(String note) {
        return new Rings.Outcome.Refused(Refusal.of(Reason.UNREACHABLE, note));
    }

    private Optional<String> credential(ThirdParty.Credential credential) {
        return parts.secrets().apply(credential.secret());
    }

    // ---- headers

    HttpHeaders headersOnward(Transit call, Rings.Onward onward) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        String authority = call.request().headers().get(HttpHeaderNames.HOST);
        List<String> named = connectionTokens(call.request().headers());
        for (Map.Entry<String, String> header : call.request().headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (passes(name) && !named.contains(name)) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        if (onward.holdsRequest() && HttpUtil.isTransferEncodingChunked(call.request())) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        headers.set("traceparent", call.traceparent());
        switch (place) {
            case Place.Door _ -> {
                headers.set(HttpHeaderNames.HOST, authority);
                headers.set("Forwarded", forwarded(call, authority));
                headers.set(Answers.REQUEST, call.id());
                if (!call.isToIdentity()) {
                    headers.remove(HttpHeaderNames.AUTHORIZATION);
                    headers.remove("Ringwall-Key");
                    headers.set(PeerGate.HEADER, token(call, Optional.empty()));
                }
            }
            case Place.Inbound inbound -> toService(call, inbound, headers);
            case Place.Outbound outbound -> toOutside(call, outbound, headers);
        }
        return headers;
    }

    private boolean passes(String name) {
        return !HOP_BY_HOP.contains(name)
                && !OURS.contains(name)
                && OUR_PREFIXES.stream().noneMatch(name::startsWith);
    }

    private static List<String> connectionTokens(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.CONNECTION).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .filter(token ->
                        !token.equals("content-length")
                                && !token.equals("transfer-encoding")
                                && !token.equals("host"))
                .toList();
    }

    private static String forwarded(Transit call, String authority) {
        String address =
                call.address().contains(":") ? "\"[" + call.address() + "]\"" : call.address();
        return "for="
                + address
                + ";proto=https;host=\""
                + authority.replaceAll("[^0-9A-Za-z.:\\[\\]-]", "")
                + "\"";
    }

    private void toService(Transit call, Place.Inbound inbound, HttpHeaders headers) {
        Actor caller = call.original().orElse(call.caller());
        headers.set("Ringwall-Caller", call.caller().id());
        call.original().ifPresent(original -> headers.set("Ringwall-On-Behalf-Of", original.id()));
        headers.set("Ringwall-Roles", String.join(",", caller.roles()));
        headers.set(
                "Ringwall-Operation",
                call.operation().map(Operation::name).orElseThrow().toString());
        headers.set(Answers.REQUEST, call.id());
        headers.set("Ringwall-Entry", inbound.entry());
        String token = call.request().headers().get(PeerGate.HEADER);
        if (call.caller().kind() != Actor.Kind.SERVICE) {
            headers.set(PeerGate.HEADER, token);
        }
        headers.set(
                "Forwarded",
                "for="
                        + (caller.address().contains(":")
                                ? "\"[" + caller.address() + "]\""
                                : caller.address())
                        + ";proto=https");
    }

    private void toOutside(Transit call, Place.Outbound outbound, HttpHeaders headers) {
        ThirdParty party =
                call.snapshot().blueprint().declaration().thirdParties().get(outbound.callee());
        headers.remove(HttpHeaderNames.AUTHORIZATION);
        if (party == null) {
            Optional<String> prior =
                    Optional.ofNullable(call.request().headers().get(PeerGate.HEADER));
            headers.set(Answers.REQUEST, call.id());
            headers.set(PeerGate.HEADER, token(call, prior));
            return;
        }
        headers.remove(HttpHeaderNames.COOKIE);
        URI url = party.url();
        headers.set(
                HttpHeaderNames.HOST,
                url.getPort() > 0 ? url.getHost() + ":" + url.getPort() : url.getHost());
        party.credential()
                .ifPresent(credential -> {
                    String secret = credential(credential).orElseThrow();
                    switch (credential.form()) {
                        case ThirdParty.Form.Bearer() ->
                                headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + secret);
                        case ThirdParty.Form.Basic() ->
                                headers.set(
                                        HttpHeaderNames.AUTHORIZATION,
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(
                                                                secret.getBytes(
                                                                        StandardCharsets.UTF_8)));
                        case ThirdParty.Form.Header(String name) -> headers.set(name, secret);
                    }
                });
    }

    private String token(Transit call, Optional<String> prior) {
        Operation operation = call.operation().orElseThrow();
        return tokens.token(
                operation.name().toString(),
                operation.name().owner(),
                call.caller(),
                prior,
                call.id());
    }

    void headersBack(Transit call, HttpResponse head, boolean keepOpen) {
        HttpHeaders headers = head.headers();
        for (String name : connectionTokens(headers)) {
            headers.remove(name);
        }
        HOP_BY_HOP.forEach(headers::remove);
        List.copyOf(headers.names()).stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("ringwall-"))
                .forEach(headers::remove);
        headers.remove(PeerGate.HEADER);
        headers.set(Answers.REQUEST, call.id());
        if (place instanceof Place.Door) {
            headers.remove(HttpHeaderNames.SERVER);
            SECURITY.forEach((name, value) -> {
                if (!headers.contains(name)) {
                    headers.set(name, value);
                }
            });
        }
        if (!keepOpen) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }

    static Ring ring() {
        return Ring.FORWARD;
    }
}
