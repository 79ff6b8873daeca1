package dev.ringwall.gateway;

import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.policy.Release;
import dev.ringwall.policy.ResponseView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;

/// Looks at answers on the way back. Where a condition speaks of the answer, nobody sees any of it before the condition is met; what the
/// service's document does not declare is dropped. At the
/// door it adds the headers that tell browsers to be careful, where the service has none of its own.
final class ReleaseRing implements Rings.Releasing {

    /// The largest answer that is held against a condition or a shape, in bytes.
    static final int ANSWER_BYTES_MAX = 1 << 20;

    private static final AsciiString CONTENT_SECURITY =
            AsciiString.cached("content-security-policy");

    /// Kept as bytes with their hashes, for every answer gets them.
    private static final Map<AsciiString, AsciiString> AT_THE_DOOR =
            Map.of(
                    AsciiString.cached("strict-transport-security"),
                    AsciiString.cached("max-age=63072000; includeSubDomains"),
                    AsciiString.cached("x-content-type-options"),
                    AsciiString.cached("nosniff"),
                    AsciiString.cached("referrer-policy"),
                    AsciiString.cached("no-referrer"),
                    AsciiString.cached("x-frame-options"),
                    AsciiString.cached("DENY"),
                    AsciiString.cached("cross-origin-opener-policy"),
                    AsciiString.cached("same-origin"),
                    AsciiString.cached("cross-origin-resource-policy"),
                    AsciiString.cached("same-origin"),
                    CONTENT_SECURITY,
                    AsciiString.cached(
                            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"));

    @Override
    public boolean holds(Exchange exchange, HttpResponse head) {
        return (exchange.hasPermit() && exchange.permitted().holdsAnswer())
                || AnswerTrimming.looksAt(exchange, head);
    }

    @Override
    public Passage judge(Exchange exchange, HttpResponse head, ByteBuf body) {
        if (!exchange.permitted().holdsAnswer()) {
            return AnswerTrimming.trim(exchange, head, body);
        }
        ResponseView view = new ResponseView(head.status().code(), headers(head), body(head, body));
        return switch (exchange.plan().snapshot().policy().release(exchange.permitted(), view)) {
            case Release.Released(var _) -> AnswerTrimming.trim(exchange, head, body);
            case Release.Withheld(Reason reason, List<Line> because, String why) ->
                    new Passage.Refused(reason, because, why, Map.of());
        };
    }

    @Override
    public void dress(Exchange exchange, HttpResponse head) {
        HttpHeaders headers = head.headers();
        Names.dropHopByHop(headers);
        Names.dropOurs(headers);
        headers.add(exchange.answerHeaders());
        if (exchange.side() == Side.DOOR) {
            headers.remove(HttpHeaderNames.SERVER);
            headers.remove("x-powered-by");
            guardBrowser(headers);
        }
        headers.set(Names.REQUEST, exchange.requestId());
    }

    /// The headers of the door, where the answer has none of its own.
    static void guardBrowser(HttpHeaders headers) {
        boolean page = headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith("text/html");
        AT_THE_DOOR.forEach((name, value) -> {
            // a page without a policy of its own would not work under one that allows nothing
            if (!headers.contains(name) && !(page && name.equals(CONTENT_SECURITY))) {
                headers.set(name, value);
            }
        });
    }

    private static Map<String, String> headers(HttpResponse head) {
        Map<String, String> headers = new HashMap<>();
        head.headers()
                .forEach(entry ->
                        headers.merge(
                                entry.getKey().toLowerCase(Locale.ROOT),
                                entry.getValue(),
                                (first, more) -> first + ", " + more));
        return headers;
    }

    private static ResponseView.Body body(HttpResponse head, ByteBuf body) {
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        boolean json = type.startsWith("application/json") || type.contains("+json");
        String coding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!json || !coding.equalsIgnoreCase("identity") || !body.isReadable()) {
            return new ResponseView.Body.Opaque();
        }
        try {
            return new ResponseView.Body.Json(
                    StrictJson.JSON.readValue(ByteBufUtil.getBytes(body), Object.class));
        } catch (JacksonException notJson) {
            return new ResponseView.Body.Opaque();
        }
    }
}
