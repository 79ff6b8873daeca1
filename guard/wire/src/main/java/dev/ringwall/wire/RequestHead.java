package dev.ringwall.wire;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/// The head of a request (RFC 9112 §3): a method, one space, a target, one space, and HTTP/1.0 or HTTP/1.1.
final class RequestHead extends MessageHead {

    private int methodEnd;
    private int targetEnd;
    private HttpMethod method = HttpMethod.GET;
    private String target = "";

    RequestHead(int firstBytesMax, int fieldBytesMax, int fieldsMax) {
        super(firstBytesMax, fieldBytesMax, fieldsMax);
    }

    @Override
    void forget() {
        super.forget();
        methodEnd = 0;
        targetEnd = 0;
    }

    @Override
    int firstLine(byte[] bytes, int from, int end) {
        int at = from;
        if (methodEnd == 0) {
            at = Octets.tokenEnd(bytes, at, end);
            if (at == end) {
                return at;
            }
            spaceBehind(bytes, first(), at);
            method = method(bytes, first(), at);
            methodEnd = at++;
        }
        if (targetEnd == 0) {
            at = Octets.targetEnd(bytes, at, end);
            if (at == end) {
                return at;
            }
            spaceBehind(bytes, methodEnd + 1, at);
            target =
                    new String(
                            bytes, methodEnd + 1, at - methodEnd - 1, StandardCharsets.ISO_8859_1);
            targetEnd = at++;
        }
        if (!versionStands(bytes, at, end)) {
            throw new OddRequest("an unknown version of HTTP");
        }
        return end - at > VERSION_BYTES && lineEnds(bytes, at + VERSION_BYTES, end)
                ? at + VERSION_BYTES + 2
                : at;
    }

    private static void spaceBehind(byte[] bytes, int from, int to) {
        if (bytes[to] != ' ' || from == to) {
            throw new OddRequest("a request line that is none");
        }
    }

    private static HttpMethod method(byte[] bytes, int from, int to) {
        return to - from == 3
                        && bytes[from] == 'G'
                        && bytes[from + 1] == 'E'
                        && bytes[to - 1] == 'T'
                ? HttpMethod.GET
                : HttpMethod.valueOf(
                        new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }

    @Override
    HttpRequest message() {
        return new DefaultHttpRequest(version(), method, target, lines());
    }

    @Override
    HttpRequest odd() {
        return targetEnd > 0
                ? message()
                : new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_0,
                        HttpMethod.GET,
                        "/bad-request",
                        Unpooled.EMPTY_BUFFER,
                        lines(),
                        EmptyHttpHeaders.INSTANCE);
    }

    /// One that says nothing of a body has none.
    @Override
    long body() {
        long said = super.body();
        return said == UNSAID ? 0 : said;
    }
}
