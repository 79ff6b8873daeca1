package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
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
        headers.add(exchange.answerHeaders());
        refused.headers().forEach(headers::set);
        challenge(exchange, reason).ifPresent(value -> headers.set("www-authenticate", value));
        if (exchange.side() == Side.DOOR) {
            ReleaseRing.guardBrowser(headers);
        } else {
            headers.set(Names.REFUSAL, reason.word());
        }
        return answer;
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
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(reason.status()),
                        Unpooled.wrappedBuffer(body));
        HttpHeaders headers = answer.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return answer;
    }

    /// RFC 6750 §3: what kind of proof is wanted, and what was wrong with the one that was shown.
    private static Optional<String> challenge(Exchange exchange, Reason reason) {
        if (exchange.side() != Side.DOOR) {
            return Optional.empty();
        }
        String realm = "Bearer realm=\"" + exchange.plan().snapshot().blueprint().system() + "\"";
        return switch (reason) {
            case NO_TOKEN -> Optional.of(realm);
            case SCOPE_MISSING ->
                    Optional.of(
                            realm
                                    + ", error=\"insufficient_scope\", scope=\""
                                    + exchange.operation()
                                            .map(operation -> operation.name().toString())
                                            .orElse("")
                                    + "\"");
            default ->
                    reason.status() == HttpResponseStatus.UNAUTHORIZED.code()
                            ? Optional.of(
                                    realm
                                            + ", error=\"invalid_token\", error_description=\""
                                            + reason.title()
                                            + "\"")
                            : Optional.empty();
        };
    }
}
