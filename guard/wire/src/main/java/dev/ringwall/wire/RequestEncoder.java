package dev.ringwall.wire;

import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/// Writes requests.
final class RequestEncoder extends MessageEncoder {

    /// Who must know what was asked.
    interface Asked {
        /// Whether it was a `HEAD`.
        void head(boolean head);
    }

    private final Asked asked;

    RequestEncoder(Asked asked) {
        this.asked = asked;
    }

    @Override
    void firstLine(HttpMessage message, HeaderLines to) {
        HttpRequest request = request(message);
        to.add(request.method().asciiName())
                .add(" ")
                .word(request.uri())
                .add(" ")
                .add(request.protocolVersion().text())
                .end();
    }

    @Override
    Body frame(HttpMessage message) {
        asked.head(request(message).method().equals(HttpMethod.HEAD));
        return HttpUtil.isTransferEncodingChunked(message) ? Body.CHUNKED : Body.PLAIN;
    }

    private static HttpRequest request(HttpMessage message) {
        if (message instanceof HttpRequest request) {
            return request;
        }
        throw new IllegalArgumentException("no request");
    }
}
