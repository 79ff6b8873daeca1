package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;

/// One request in, one request out: whatever two programs could read differently is refused before anything is decided (RFC 9112 §11).
final class TransportGate implements Gate.Prompt {

    @Override
    public Ring ring() {
        return Ring.TRANSPORT;
    }

    @Override
    public Optional<Refusal> look(Transit call) {
        HttpRequest request = call.request();
        if (!request.decoderResult().isSuccess()) {
            Throwable cause = request.decoderResult().cause();
            boolean long_ =
                    cause instanceof TooLongHttpHeaderException
                            || cause instanceof TooLongHttpLineException;
            return refused(
                    long_ ? Reason.HEADERS_TOO_LARGE : Reason.BAD_REQUEST, "the parser refused it");
        }
        Optional<String> wrong = framing(request);
        if (wrong.isPresent()) {
            return refused(Reason.BAD_REQUEST, wrong.get());
        }
        return switch (RequestTarget.read(request.uri())) {
            case RequestTarget.Read.Malformed(String why) -> refused(Reason.BAD_REQUEST, why);
            case RequestTarget.Read.Target(RequestTarget target) -> {
                call.target(target);
                yield Optional.empty();
            }
        };
    }

    private static Optional<String> framing(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return Optional.of("not HTTP/1.1");
        }
        if (headers.getAll(HttpHeaderNames.HOST).size() != 1) {
            return Optional.of("not exactly one Host");
        }
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (lengths.size() > 1
                || encodings.size() > 1
                || (!lengths.isEmpty() && !encodings.isEmpty())) {
            return Optional.of("ambiguous length");
        }
        if (!encodings.isEmpty()
                && !encodings.getFirst().equalsIgnoreCase(HttpHeaderValues.CHUNKED.toString())) {
            return Optional.of("a transfer coding other than chunked");
        }
        String expect = headers.get(HttpHeaderNames.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase(HttpHeaderValues.CONTINUE.toString())) {
            return Optional.of("an expectation other than 100-continue");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refused(Reason reason, String note) {
        return Optional.of(Refusal.of(reason, note));
    }
}
