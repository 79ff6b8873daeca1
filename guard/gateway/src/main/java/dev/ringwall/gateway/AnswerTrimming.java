package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.shape.AnswerCheck;
import dev.ringwall.shape.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes out of answers what the service's document does not declare. Done beside the service, so that it never leaves its host.
final class AnswerTrimming {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerTrimming.class);

    /// Headers that speak of the bytes as they were.
    private static final List<String> OF_THE_WHOLE =
            List.of("etag", "content-md5", "digest", "content-digest", "repr-digest");

    private AnswerTrimming() {}

    /// The shape that the operation's answers must have, where this node is the one to look.
    static Optional<AnswerCheck> shape(Exchange exchange) {
        return exchange.side() == Side.INBOUND
                ? exchange.operation().flatMap(OperationPlan::answers)
                : Optional.empty();
    }

    /// Whether the answer must be read whole.
    static boolean looksAt(Exchange exchange, HttpResponse head) {
        return !exchange.head().method().equals(HttpMethod.HEAD)
                && shape(exchange)
                        .map(check -> check.checks(head.status().code(), type(head)))
                        .orElse(false);
    }

    /// Holds the whole answer against its shape; what is left of it is noted in the exchange.
    static Passage trim(Exchange exchange, HttpResponse head, ByteBuf body) {
        if (!looksAt(exchange, head)) {
            return Passage.PASSED;
        }
        String coding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!coding.equalsIgnoreCase("identity")) {
            return new Passage.Refused(
                    Reason.ANSWER_NOT_VALID, "an encoded answer cannot be checked");
        }
        AnswerCheck check = shape(exchange).orElseThrow();
        byte[] bytes = ByteBufUtil.getBytes(body);
        return switch (check.trim(head.status().code(), type(head), bytes)) {
            case AnswerCheck.Trimmed.Whole() -> Passage.PASSED;
            case AnswerCheck.Trimmed.Unfit(Verdict.Broken why) ->
                    new Passage.Refused(Reason.ANSWER_NOT_VALID, "answer " + why.said());
            case AnswerCheck.Trimmed.Without(ByteBuffer left, List<String> dropped) -> {
                exchange.trimmed(left);
                OF_THE_WHOLE.forEach(head.headers()::remove);
                yield dropped(exchange, dropped);
            }
        };
    }

    /// Puts what is left of the answer, where not all of it may go out, in the place of what came.
    static void replace(Exchange exchange, HttpResponse head, Waiting waiting) {
        exchange.trimmed()
                .ifPresent(left -> {
                    waiting.release();
                    head.headers()
                            .remove(HttpHeaderNames.TRANSFER_ENCODING)
                            .set(HttpHeaderNames.CONTENT_LENGTH, left.remaining());
                    waiting.add(new DefaultLastHttpContent(Unpooled.wrappedBuffer(left)));
                });
    }

    private static Passage dropped(Exchange exchange, List<String> pointers) {
        String names = String.join(" ", pointers);
        LOG.atWarn()
                .addKeyValue(
                        "operation", exchange.operation().map(OperationPlan::name).orElseThrow())
                .addKeyValue("request", exchange.requestId())
                .addKeyValue("dropped", names)
                .log("an answer had members that are not declared; they were dropped");
        return new Passage.Passed("dropped " + names);
    }

    private static String type(HttpResponse head) {
        HttpHeaders headers = head.headers();
        return headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    }
}
