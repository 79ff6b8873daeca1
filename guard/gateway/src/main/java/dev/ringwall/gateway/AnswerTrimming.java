package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.shape.AnswerCheck;
import dev.ringwall.shape.AnswerMask;
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

/// Takes out of answers what the service's document does not declare, and masks what may be seen in part only. Done beside the service, so that it never leaves its host.
final class AnswerTrimming {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerTrimming.class);

    /// Headers that speak of the bytes as they were.
    private static final List<String> OF_THE_WHOLE =
            List.of("etag", "content-md5", "digest", "content-digest", "repr-digest");

    private AnswerTrimming() {}

    /// The shape that the operation's answers must have, where this node is the one to look.
    static Optional<AnswerCheck> shape(Exchange exchange) {
        return beside(exchange).flatMap(OperationPlan::answers);
    }

    private static Optional<AnswerMask> mask(Exchange exchange) {
        return beside(exchange).flatMap(OperationPlan::mask);
    }

    private static Optional<OperationPlan> beside(Exchange exchange) {
        return exchange.side() == Side.INBOUND ? exchange.operation() : Optional.empty();
    }

    /// Whether this node looks into answers of the operation, which therefore must come whole and readable.
    static boolean looksAt(Exchange exchange) {
        return exchange.side() == Side.INBOUND
                && (shape(exchange).isPresent() || mask(exchange).isPresent());
    }

    /// Whether the answer must be read whole.
    static boolean looksAt(Exchange exchange, HttpResponse head) {
        return exchange.side() == Side.INBOUND
                && !exchange.head().method().equals(HttpMethod.HEAD)
                && (mask(exchange).isPresent() || hasShape(exchange, head));
    }

    private static boolean hasShape(Exchange exchange, HttpResponse head) {
        Optional<AnswerCheck> shape = shape(exchange);
        return shape.isPresent() && shape.get().checks(head.status().code(), type(head));
    }

    /// Holds the whole answer against its shape and its mask; what is left of it is noted in the exchange.
    static Passage trim(Exchange exchange, HttpResponse head, ByteBuf body) {
        if (!looksAt(exchange, head)) {
            return Passage.PASSED;
        }
        String coding = head.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!coding.equalsIgnoreCase("identity")) {
            return new Passage.Refused(
                    Reason.ANSWER_NOT_VALID, "an encoded answer cannot be checked");
        }
        byte[] bytes = ByteBufUtil.getBytes(body);
        Passage trimmed = hasShape(exchange, head) ? trim(exchange, head, bytes) : Passage.PASSED;
        return trimmed instanceof Passage.Passed
                ? mask(exchange).map(mask -> mask(exchange, head, mask, bytes)).orElse(trimmed)
                : trimmed;
    }

    private static Passage trim(Exchange exchange, HttpResponse head, byte[] bytes) {
        AnswerCheck check = shape(exchange).orElseThrow();
        return switch (check.trim(head.status().code(), type(head), bytes)) {
            case AnswerCheck.Trimmed.Whole() -> Passage.PASSED;
            case AnswerCheck.Trimmed.Unfit(Verdict.Broken why) ->
                    new Passage.Refused(Reason.ANSWER_NOT_VALID, "answer " + why.said());
            case AnswerCheck.Trimmed.Without(ByteBuffer left, List<String> dropped) -> {
                changed(exchange, head, left);
                yield dropped(exchange, dropped);
            }
        };
    }

    private static Passage mask(
            Exchange exchange, HttpResponse head, AnswerMask mask, byte[] came) {
        byte[] bytes = exchange.trimmed().map(ByteBuffer::array).orElse(came);
        if (bytes.length == 0) {
            return Passage.PASSED;
        }
        if (!MediaTypes.json(type(head))) {
            return new Passage.Refused(
                    Reason.ANSWER_NOT_VALID, "an answer that is no JSON cannot be masked");
        }
        return switch (mask.mask(bytes)) {
            case AnswerMask.Masked.Whole() -> Passage.PASSED;
            case AnswerMask.Masked.Unfit(Verdict.Broken why) ->
                    new Passage.Refused(Reason.ANSWER_NOT_VALID, "answer " + why.said());
            case AnswerMask.Masked.Partly(ByteBuffer seen) -> {
                changed(exchange, head, seen);
                yield new Passage.Passed("masked");
            }
        };
    }

    private static void changed(Exchange exchange, HttpResponse head, ByteBuffer left) {
        exchange.trimmed(left);
        OF_THE_WHOLE.forEach(head.headers()::remove);
    }

    /// Puts what is left of the answer, where not all of it may go out, in the place of what came.
    static void replace(Exchange exchange, HttpResponse head, Waiting waiting) {
        exchange.trimmed()
                .ifPresent(left -> {
                    head.headers()
                            .remove(HttpHeaderNames.TRANSFER_ENCODING)
                            .set(HttpHeaderNames.CONTENT_LENGTH, left.remaining());
                    waiting.replace(new DefaultLastHttpContent(Unpooled.wrappedBuffer(left)));
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
