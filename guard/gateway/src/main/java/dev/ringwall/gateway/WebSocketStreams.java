package dev.ringwall.gateway;

import dev.ringwall.wire.OddRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import java.security.SecureRandom;
import java.util.Base64;

/// WebSockets on streams of HTTP/2 (RFC 8441): the same question and answer in other words. The rings see the handshake that HTTP/1.1 has, and check it
/// as they always do.
final class WebSocketStreams {

    static final String PROTOCOL = ":protocol";

    /// `SETTINGS_ENABLE_CONNECT_PROTOCOL` (RFC 8441 §3).
    static final char SETTING = 8;

    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private WebSocketStreams() {}

    /// Says in the words of HTTP/1.1 what an extended `CONNECT` asks for. What HTTP/1.1 needs besides, the key, is made up here: it shows only that
    /// who answers speaks WebSocket.
    ///
    /// @param headers those that came, without pseudo-headers
    static void ask(Http2Headers came, HttpHeaders headers, boolean ended) {
        if (!"CONNECT".contentEquals(came.method())
                || came.getAll(PROTOCOL).size() != 1
                || !"websocket".contentEquals(came.get(PROTOCOL))) {
            throw new OddRequest("a protocol other than websocket");
        }
        if (ended || came.authority() == null) {
            throw new OddRequest("a WebSocket without an authority, or that is over at once");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        headers.set(HttpHeaderNames.SEC_WEBSOCKET_KEY, Base64.getEncoder().encodeToString(nonce));
    }

    /// The same agreement as a stream has it: 200, and the stream stays open.
    static Http2HeadersFrame agree(FullHttpResponse agreed) {
        Http2Headers headers = StreamHeaders.of(agreed.headers());
        headers.remove(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
        headers.status(HttpResponseStatus.OK.codeAsText());
        return new DefaultHttp2HeadersFrame(headers, false);
    }
}
