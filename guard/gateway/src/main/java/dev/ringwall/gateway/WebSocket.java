package dev.ringwall.gateway;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The handshake of a WebSocket (RFC 6455 §4), as much of it as a proxy must see.
final class WebSocket {

    /// A page cannot send `Authorization` with the handshake, so its token may come as an offered subprotocol that begins like this.
    static final String BEARER = "ringwall.bearer.";

    private static final String VERSION = "13";
    private static final int NONCE_BYTES = 16;

    private WebSocket() {}

    /// Whether the request asks for one.
    static boolean asked(HttpRequest head) {
        List<String> upgrades = head.headers().getAll(HttpHeaderNames.UPGRADE);
        return upgrades.size() == 1
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(upgrades.getFirst());
    }

    /// What is wrong with a handshake; empty when nothing is (RFC 6455 §4.2.1).
    static Optional<String> wrong(HttpRequest head) {
        HttpHeaders headers = head.headers();
        if (!head.method().name().equals("GET")
                || !(head.protocolVersion().equals(HttpVersion.HTTP_1_1)
                        || head.protocolVersion().equals(RequestStream.HTTP_2))) {
            return Optional.of("a WebSocket is opened by GET in HTTP/1.1, or CONNECT in HTTP/2");
        }
        if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return Optional.of("an Upgrade without `Connection: Upgrade`");
        }
        if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                || headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return Optional.of("a handshake with a body");
        }
        List<String> versions = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
        if (!versions.equals(List.of(VERSION))) {
            return Optional.of("a version of WebSocket other than " + VERSION);
        }
        List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        return keys.size() == 1 && nonce(keys.getFirst())
                ? Optional.empty()
                : Optional.of("a Sec-WebSocket-Key that is none");
    }

    private static boolean nonce(String text) {
        try {
            return Base64.getDecoder().decode(text).length == NONCE_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /// Whether it was opened by a page of another origin than this door, and than those that are welcome. Who is no browser says nothing of an
    /// origin.
    static boolean fromElsewhere(HttpRequest head, Browsers browsers) {
        String host = head.headers().get(HttpHeaderNames.HOST, "");
        return head.headers().getAll(HttpHeaderNames.ORIGIN).stream()
                .anyMatch(origin ->
                        !origin.equalsIgnoreCase("https://" + host) && !browsers.welcome(origin));
    }

    /// The tokens that came as subprotocols.
    static List<String> bearers(HttpRequest head) {
        return offered(head.headers()).stream()
                .filter(offer -> offer.startsWith(BEARER))
                .map(offer -> offer.substring(BEARER.length()))
                .toList();
    }

    private static List<String> offered(HttpHeaders headers) {
        List<String> offers = new ArrayList<>();
        for (String line : headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            for (String offer : line.split(",", -1)) {
                if (!offer.isBlank()) {
                    offers.add(offer.strip());
                }
            }
        }
        return offers;
    }

    /// Asks the next hop for one, without what ends here: extensions, which would hide the frames, and the token.
    static void ask(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        headers.remove(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
        List<String> others =
                offered(headers).stream().filter(offer -> !offer.startsWith(BEARER)).toList();
        headers.remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        if (!others.isEmpty()) {
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, String.join(", ", others));
        }
    }

    /// Whether the next hop agreed to what it was asked, and to nothing else.
    static boolean agreed(HttpResponse answer) {
        HttpHeaders headers = answer.headers();
        return headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT)
                && !headers.contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
    }

    /// Tells the caller that it has one.
    static FullHttpResponse agree(HttpResponse answer) {
        HttpHeaders headers = answer.headers();
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                answer.status(),
                Unpooled.EMPTY_BUFFER,
                headers,
                EmptyHttpHeaders.INSTANCE);
    }
}
