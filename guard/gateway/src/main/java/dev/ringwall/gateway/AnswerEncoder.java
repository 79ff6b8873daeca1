package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/// Writes answers; those to `HEAD` have no body whatever their headers say (RFC 9110 §9.3.2).
final class AnswerEncoder extends HttpResponseEncoder {

    private boolean toHead;

    /// Whether the request that is answered next is a `HEAD`.
    void answersHead(boolean head) {
        this.toHead = head;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return toHead || super.isContentAlwaysEmpty(response);
    }

    @Override
    protected void encodeHeaders(HttpHeaders headers, ByteBuf to) {
        HeaderLines.write(headers, to);
    }

    /// The same body may need another frame here than it had on the next hop.
    static void frame(HttpRequest request, HttpResponse response, boolean keepAlive) {
        boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        boolean bodiless =
                request.method().name().equals("HEAD")
                        || response.status().equals(HttpResponseStatus.NO_CONTENT)
                        || response.status().equals(HttpResponseStatus.NOT_MODIFIED);
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        if (old) {
            response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
        } else if (!bodiless
                && !HttpUtil.isContentLengthSet(response)
                && !HttpUtil.isTransferEncodingChunked(response)) {
            response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
    }
}
