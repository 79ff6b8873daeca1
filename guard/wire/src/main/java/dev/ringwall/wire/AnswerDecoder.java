package dev.ringwall.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;

/// Reads answers, each by what the request before it was (RFC 9112 §6.3).
final class AnswerDecoder extends MessageDecoder {

    /// The longest status line with its line end, in bytes.
    static final int LINE_BYTES_MAX = 4 << 10;

    /// The most header lines of one answer.
    static final int HEADERS_MAX = 1_024;

    private final AnswerHead head;
    private boolean toHead;
    private boolean switches;

    AnswerDecoder() {
        this(new AnswerHead(LINE_BYTES_MAX, UpstreamCodec.HEADER_BYTES_MAX, HEADERS_MAX));
    }

    private AnswerDecoder(AnswerHead head) {
        super(head, new Trailers(UpstreamCodec.HEADER_BYTES_MAX, HEADERS_MAX));
        this.head = head;
    }

    /// Whether the request that is answered next is a `HEAD`.
    void answersHead(boolean head) {
        this.toHead = head;
    }

    @Override
    long body() {
        long said = head.body();
        HttpResponseStatus status = head.status();
        switches = status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        if (switches && !agrees(head.lines())) {
            throw new OddRequest("an agreement to speak something that nobody asked for");
        }
        boolean bodiless =
                toHead
                        || status.codeClass() == HttpStatusClass.INFORMATIONAL
                        || status.equals(HttpResponseStatus.NO_CONTENT)
                        || status.equals(HttpResponseStatus.NOT_MODIFIED);
        if (!bodiless) {
            return said;
        }
        head.lines().remove(HttpHeaderNames.TRANSFER_ENCODING);
        return 0;
    }

    private static boolean agrees(Lines lines) {
        return HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(
                        lines.get(HttpHeaderNames.UPGRADE))
                && lines.contains(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
    }

    @Override
    boolean switches() {
        return switches;
    }
}
