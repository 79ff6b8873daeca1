package dev.ringwall.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/// Writes answers; those to `HEAD` have no body whatever their headers say (RFC 9110 §9.3.2).
///
/// Heads and bodies come as the library's messages. A head with a control character, or one within a body, is not written: the write fails, and
/// what it held is released. For one connection, on its loop.
public final class AnswerEncoder extends MessageEncoder {

    private static final int CODES = 600;
    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[][] USUAL = usual();

    private boolean toHead;

    /// For a connection on which nothing was said yet.
    public AnswerEncoder() {}

    /// Whether the request that is answered next is a `HEAD`.
    public void answersHead(boolean head) {
        this.toHead = head;
    }

    @Override
    void firstLine(HttpMessage message, HeaderLines to) {
        HttpResponseStatus status = answer(message).status();
        int code = status.code();
        if (code >= 0
                && code < CODES
                && HttpResponseStatus.valueOf(code).reasonPhrase().equals(status.reasonPhrase())) {
            to.add(USUAL[code]);
        } else {
            to.add(VERSION).add(status.codeAsText()).add(" ").add(status.reasonPhrase()).end();
        }
    }

    private static byte[][] usual() {
        byte[][] lines = new byte[CODES][];
        for (int code = 0; code < CODES; code++) {
            HttpResponseStatus status = HttpResponseStatus.valueOf(code);
            lines[code] = ("HTTP/1.1 " + status + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
        return lines;
    }

    @Override
    Body frame(HttpMessage message) {
        HttpResponseStatus status = answer(message).status();
        HttpHeaders headers = message.headers();
        if (status.codeClass() == HttpStatusClass.INFORMATIONAL
                || status.equals(HttpResponseStatus.NO_CONTENT)) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
            return Body.NONE;
        }
        if (status.equals(HttpResponseStatus.RESET_CONTENT)) {
            headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
            headers.set(HttpHeaderNames.CONTENT_LENGTH, "0");
            return Body.NONE;
        }
        if (toHead || status.equals(HttpResponseStatus.NOT_MODIFIED)) {
            return Body.NONE;
        }
        return HttpUtil.isTransferEncodingChunked(message) ? Body.CHUNKED : Body.PLAIN;
    }

    private static HttpResponse answer(HttpMessage message) {
        if (message instanceof HttpResponse answer) {
            return answer;
        }
        throw new IllegalArgumentException("no answer");
    }

    /// Says in the head of an answer how its body goes out in answer to that request, and whether the connection ends behind it: the same body
    /// may need another frame here than it had on the next hop (RFC 9112 §6.1, §9.6; to HTTP/1.0 nothing goes in chunks).
    public static void frame(HttpRequest request, HttpResponse response, boolean keepAlive) {
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
