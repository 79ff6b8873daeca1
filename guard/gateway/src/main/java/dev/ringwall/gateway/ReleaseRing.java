package dev.ringwall.gateway;

import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import dev.ringwall.policy.Release;
import dev.ringwall.policy.ResponseView;
import dev.ringwall.wire.Lines;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;

/// Looks at answers on the way back. Where a condition speaks of the answer, nobody sees any of it before the condition is met; what the
/// service's document does not declare is dropped. At the
/// door it adds the headers that tell browsers to be careful, where the service has none of its own.
final class ReleaseRing implements Rings.Releasing {

    /// The largest answer that is held against a condition or a shape, in bytes.
    static final int ANSWER_BYTES_MAX = 1 << 20;

    static final Passage.Refused TOO_LARGE =
            new Passage.Refused(
                    Reason.ANSWER_TOO_LARGE,
                    "more than can be looked at whole, by itself or beside what is held already");

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
        Lines lines = Lines.of(head.headers());
        Predicate<CharSequence> ending = Names.ending(lines);
        if (exchange.side() == Side.DOOR) {
            exchange.plan().browsers().guard(exchange, lines, ending);
        } else {
            lines.removeIf(ending);
            lines.append(exchange.answerHeaders());
        }
        lines.put(Names.REQUEST, exchange.requestId());
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
        boolean json = MediaTypes.json(head.headers().get(HttpHeaderNames.CONTENT_TYPE, ""));
        String coding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!json || !coding.equalsIgnoreCase("identity") || !body.isReadable()) {
            return new ResponseView.Body.Opaque();
        }
        try {
            return new ResponseView.Body.Json(StrictJson.value(ByteBufUtil.getBytes(body)));
        } catch (JacksonException notJson) {
            return new ResponseView.Body.Opaque();
        }
    }
}
