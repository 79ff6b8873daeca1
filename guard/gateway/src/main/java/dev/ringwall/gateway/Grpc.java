package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.wire.OddRequest;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a proxy must know of gRPC over HTTP/2 (grpc.io, PROTOCOL-HTTP2): what its requests look like, when they are given up, and how it is
/// told that a call is refused.
final class Grpc {

    static final AsciiString TIMEOUT = AsciiString.cached("grpc-timeout");
    private static final AsciiString STATUS = AsciiString.cached("grpc-status");
    private static final AsciiString MESSAGE = AsciiString.cached("grpc-message");
    private static final String MEDIA_TYPE = "application/grpc";
    private static final Pattern TIMEOUT_VALUE = Pattern.compile("([0-9]{1,8})([HMSmun])");

    /// Who says that it waits longer, waits so long.
    static final Duration TIMEOUT_MAX = Duration.ofDays(1);

    private Grpc() {}

    /// Whether the request is one of gRPC.
    static boolean asked(HttpRequest head) {
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        return head.protocolVersion().majorVersion() == 2
                && type.startsWith(MEDIA_TYPE)
                && (type.length() == MEDIA_TYPE.length()
                        || type.charAt(MEDIA_TYPE.length()) == '+'
                        || type.charAt(MEDIA_TYPE.length()) == ';');
    }

    /// How long the caller waits; empty when it does not say.
    ///
    /// @throws OddRequest when what it says is not a time
    static Optional<Duration> timeout(HttpRequest head) {
        String text = head.headers().get(TIMEOUT);
        if (text == null) {
            return Optional.empty();
        }
        Matcher matcher = TIMEOUT_VALUE.matcher(text);
        if (!matcher.matches()) {
            throw new OddRequest("a grpc-timeout that is no time");
        }
        TemporalUnit unit =
                switch (matcher.group(2)) {
                    case "H" -> ChronoUnit.HOURS;
                    case "M" -> ChronoUnit.MINUTES;
                    case "S" -> ChronoUnit.SECONDS;
                    case "m" -> ChronoUnit.MILLIS;
                    case "u" -> ChronoUnit.MICROS;
                    default -> ChronoUnit.NANOS;
                };
        Duration said = Duration.of(Long.parseLong(matcher.group(1)), unit);
        return Optional.of(said.compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : said);
    }

    /// What is said at the end: how the call went.
    static HttpHeaders trailers(LastHttpContent last) {
        HttpHeaders trailers = last.trailingHeaders();
        Names.clean(trailers);
        return trailers;
    }

    /// A refusal as gRPC is told one: an answer of trailers only, with a status of gRPC.
    static FullHttpResponse refusal(Reason reason, String requestId) {
        FullHttpResponse answer = ProblemAnswer.own(HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
        HttpHeaders headers = answer.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, MEDIA_TYPE);
        headers.set(STATUS, status(reason).code);
        headers.set(MESSAGE, reason.word() + ": " + reason.title() + " Request " + requestId + ".");
        return answer;
    }

    /// The codes of gRPC that refusals have.
    private enum Status {
        INVALID_ARGUMENT(3),
        DEADLINE_EXCEEDED(4),
        PERMISSION_DENIED(7),
        RESOURCE_EXHAUSTED(8),
        UNIMPLEMENTED(12),
        INTERNAL(13),
        UNAVAILABLE(14),
        UNAUTHENTICATED(16);

        final int code;

        Status(int code) {
            this.code = code;
        }
    }

    private static Status status(Reason reason) {
        return switch (reason.status()) {
            case 400, 415 -> Status.INVALID_ARGUMENT;
            case 401 -> Status.UNAUTHENTICATED;
            case 403 -> Status.PERMISSION_DENIED;
            case 404, 405 -> Status.UNIMPLEMENTED;
            case 413, 429, 431 -> Status.RESOURCE_EXHAUSTED;
            case 502, 503 -> Status.UNAVAILABLE;
            case 408, 504 -> Status.DEADLINE_EXCEEDED;
            default -> Status.INTERNAL;
        };
    }
}
