package dev.ringwall.wire;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/// The head of an answer (RFC 9112 §4): HTTP/1.0 or HTTP/1.1, one space, three digits, and a space and a reason, which may both be missing.
final class AnswerHead extends MessageHead {

    private static final HttpResponseStatus UNKNOWN = new HttpResponseStatus(999, "Unknown");
    private static final int CODE_BYTES = " 200".length();
    private static final int CODE_MIN = 100;

    private int reasonFrom;
    private HttpResponseStatus status = UNKNOWN;

    AnswerHead(int firstBytesMax, int fieldBytesMax, int fieldsMax) {
        super(firstBytesMax, fieldBytesMax, fieldsMax);
    }

    @Override
    void forget() {
        super.forget();
        reasonFrom = 0;
        status = UNKNOWN;
    }

    @Override
    int firstLine(byte[] bytes, int from, int end) {
        int at = from;
        if (reasonFrom == 0) {
            if (!versionStands(bytes, at, end)) {
                throw new OddRequest("an unknown version of HTTP");
            }
            if (end - at <= VERSION_BYTES + CODE_BYTES) {
                return at;
            }
            at += VERSION_BYTES;
            status = HttpResponseStatus.valueOf(code(bytes, at));
            at += CODE_BYTES;
            reasonFrom = at;
        }
        at = Octets.valueEnd(bytes, at, end);
        if (!lineEnds(bytes, at, end)) {
            return at;
        }
        status = because(bytes, at);
        return at + 2;
    }

    private static int code(byte[] bytes, int at) {
        int code = 0;
        boolean digits = bytes[at] == ' ';
        for (int i = at + 1; i < at + CODE_BYTES; i++) {
            digits &= bytes[i] >= '0' && bytes[i] <= '9';
            code = code * 10 + bytes[i] - '0';
        }
        byte behind = bytes[at + CODE_BYTES];
        if (!digits || code < CODE_MIN || (behind != ' ' && behind != '\r')) {
            throw new OddRequest("a status line that is none");
        }
        return code;
    }

    private HttpResponseStatus because(byte[] bytes, int end) {
        int from = Math.min(reasonFrom + 1, end);
        String usual = status.reasonPhrase();
        boolean same = usual.length() == end - from;
        for (int i = 0; same && i < usual.length(); i++) {
            same = usual.charAt(i) == bytes[from + i];
        }
        return same
                ? status
                : new HttpResponseStatus(
                        status.code(),
                        new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).strip());
    }

    HttpResponseStatus status() {
        return status;
    }

    @Override
    HttpResponse message() {
        return new DefaultHttpResponse(version(), status, lines());
    }

    @Override
    HttpResponse odd() {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_0,
                UNKNOWN,
                Unpooled.EMPTY_BUFFER,
                lines(),
                EmptyHttpHeaders.INSTANCE);
    }
}
