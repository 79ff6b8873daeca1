package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.wire.Lines;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A refusal as HTTP: `application/problem+json` (RFC 9457) with a stable reason and the request id, and never the rule.
final class ProblemAnswer {

    private static final String TYPE = "https://ringwall.dev/reasons/";

    private ProblemAnswer() {}

    static FullHttpResponse of(Exchange exchange, Passage.Refused refused) {
        Reason reason = refused.reason();
        FullHttpResponse answer =
                Grpc.asked(exchange.head())
                        ? Grpc.refusal(reason, exchange.requestId())
                        : problem(reason, exchange.requestId());
        HttpHeaders headers = answer.headers();
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set(Names.REQUEST, exchange.requestId());
        refused.headers().forEach(headers::set);
        challenge(exchange, reason).ifPresent(value -> headers.set("www-authenticate", value));
        if (exchange.side() == Side.DOOR) {
            exchange.plan().browsers().guard(exchange, Lines.of(headers), _ -> false);
        } else {
            headers.add(exchange.answerHeaders());
            headers.set(Names.REFUSAL, reason.word());
        }
        return answer;
    }

    /// What the door says itself, without anybody behind it.
    static FullHttpResponse of(Exchange exchange, Passage.Answered answered) {
        FullHttpResponse answer =
                own(HttpResponseStatus.valueOf(answered.status()), Unpooled.EMPTY_BUFFER);
        HttpHeaders headers = answer.headers();
        exchange.plan().browsers().guard(exchange, Lines.of(headers), _ -> false);
        answered.headers().forEach(headers::set);
        headers.set(Names.REQUEST, exchange.requestId());
        return answer;
    }

    /// What this node says itself.
    static FullHttpResponse own(HttpResponseStatus status, ByteBuf body) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                status,
                body,
                Lines.CHECKING.newHeaders(),
                EmptyHttpHeaders.INSTANCE);
    }

    private static FullHttpResponse problem(Reason reason, String requestId) {
        String json =
                """
                {"type":"%s%s","title":"%s","status":%d,"instance":"urn:ringwall:request:%s","reason":"%s"}
                """
                        .formatted(
                                TYPE,
                                reason.word(),
                                reason.title(),
                                reason.status(),
                                requestId,
                                reason.word());
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        FullHttpResponse answer =
                own(HttpResponseStatus.valueOf(reason.status()), Unpooled.wrappedBuffer(body));
        HttpHeaders headers = answer.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return answer;
    }

    /// What kind of proof is wanted, and what was wrong with the one that was shown (RFC 6750 §3, RFC 9449 §7.1).
    private static Optional<String> challenge(Exchange exchange, Reason reason) {
        if (exchange.side() != Side.DOOR) {
            return Optional.empty();
        }
        String realm = " realm=\"" + exchange.plan().snapshot().blueprint().system() + "\"";
        String bearer = "Bearer" + realm;
        String dpop = "DPoP" + realm + ", algs=\"" + DpopProofs.ALGORITHMS + "\"";
        return switch (reason) {
            case NO_TOKEN -> Optional.of(bearer);
            case PROOF_MISSING -> Optional.of(dpop + invalid("invalid_token", reason));
            case PROOF_NOT_VALID, PROOF_REPLAYED ->
                    Optional.of(dpop + invalid("invalid_dpop_proof", reason));
            case PROOF_NONCE_MISSING -> Optional.of(dpop + invalid("use_dpop_nonce", reason));
            case SCOPE_MISSING ->
                    Optional.of(
                            bearer
                                    + ", error=\"insufficient_scope\", scope=\""
                                    + exchange.operation().map(OperationPlan::id).orElse("")
                                    + "\"");
            default ->
                    reason.status() == HttpResponseStatus.UNAUTHORIZED.code()
                            ? Optional.of(bearer + invalid("invalid_token", reason))
                            : Optional.empty();
        };
    }

    private static String invalid(String error, Reason reason) {
        return ", error=\"" + error + "\", error_description=\"" + reason.title() + "\"";
    }
}
