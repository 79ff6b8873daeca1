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

/// Refusals as `application/problem+json` (RFC 9457): the stable reason and the request id, and nothing of the rules.
final class Answers {

    /// The header that carries the request id on every answer.
    static final String REQUEST = "Ringwall-Request";

    private static final String TYPES = "https://ringwall.dev/reasons/";

    private Answers() {}

    static FullHttpResponse refusal(Refusal refusal, String request) {
        Reason reason = refusal.reason();
        String body =
                "{\"type\":\""
                        + TYPES
                        + reason.word()
                        + "\",\"title\":\""
                        + reason.title()
                        + "\",\"status\":"
                        + reason.status()
                        + ",\"instance\":\"urn:ringwall:request:"
                        + request
                        + "\",\"reason\":\""
                        + reason.word()
                        + "\"}";
        FullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(reason.status()),
                        Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)));
        HttpHeaders headers = answer.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/problem+json");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes());
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set(REQUEST, request);
        if (reason.status() == HttpResponseStatus.UNAUTHORIZED.code()) {
            headers.set(HttpHeaderNames.WWW_AUTHENTICATE, challenge(reason));
        }
        refusal.headers().forEach(headers::set);
        return answer;
    }

    /// RFC 6750 §3: no error code where no credential was presented.
    private static String challenge(Reason reason) {
        return reason == Reason.NO_TOKEN || reason == Reason.TXN_TOKEN_MISSING
                ? "Bearer realm=\"ringwall\""
                : "Bearer realm=\"ringwall\", error=\"invalid_token\", error_description=\""
                        + reason.title()
                        + "\"";
    }
}
