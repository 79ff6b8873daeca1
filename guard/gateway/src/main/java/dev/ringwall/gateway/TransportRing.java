package dev.ringwall.gateway;

import dev.ringwall.keys.SpiffeId;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.wire.RequestTarget;
import dev.ringwall.wire.StrictRequestDecoder;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One request in, one request out: what two programs could read differently goes no further (RFC 9112 §11, RFC 9110 §7.2). And between
/// nodes: only peers that have business with each other.
///
/// What TLS and the parser refuse before there is a request at all never comes here.
final class TransportRing implements Gate {

    @Override
    public Ring ring() {
        return Ring.TRANSPORT;
    }

    @Override
    public Passage pass(Exchange exchange) {
        HttpRequest head = exchange.head();
        if (head.decoderResult().isFailure()) {
            Throwable cause = head.decoderResult().cause();
            return cause instanceof TooLongHttpHeaderException
                    ? new Passage.Refused(Reason.HEADERS_TOO_LARGE, "headers too large")
                    : odd(String.valueOf(cause.getMessage()));
        }
        if (head.headers().size() > StrictRequestDecoder.HEADERS_MAX) {
            return new Passage.Refused(Reason.HEADERS_TOO_LARGE, "too many headers");
        }
        Optional<String> framing = framing(head);
        if (framing.isPresent()) {
            return odd(framing.get());
        }
        switch (RequestTarget.parse(head.uri())) {
            case RequestTarget.Parsed.Odd(String why) -> {
                return odd(why);
            }
            case RequestTarget.Parsed.Clear(RequestTarget target) -> exchange.target(target);
        }
        return exchange.side() == Side.INBOUND ? peer(exchange) : Passage.PASSED;
    }

    /// A body that breaks the rules on its way.
    static Passage.Refused broken(Throwable cause) {
        return cause instanceof GrpcMessages.TooLarge
                ? new Passage.Refused(Reason.TOO_LARGE, String.valueOf(cause.getMessage()))
                : new Passage.Refused(Reason.BAD_REQUEST, "a broken body");
    }

    /// What makes a head one that two programs could take for different requests; empty when nothing does.
    static Optional<String> framing(HttpRequest head) {
        HttpHeaders headers = head.headers();
        HttpVersion version = head.protocolVersion();
        boolean http10 = version.equals(HttpVersion.HTTP_1_0);
        if (!http10 && !version.equals(HttpVersion.HTTP_1_1) && version.majorVersion() != 2) {
            return Optional.of("an unknown version of HTTP");
        }
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1 || !host(hosts.getFirst())) {
            return Optional.of(hosts.size() + " Host headers (expected: 1, a host)");
        }
        List<String> codings = Names.all(headers, HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = Names.all(headers, HttpHeaderNames.CONTENT_LENGTH);
        if (!codings.isEmpty() && !lengths.isEmpty()) {
            return Optional.of("both Content-Length and Transfer-Encoding");
        }
        if (!codings.isEmpty()
                && (http10
                        || codings.size() != 1
                        || !codings.getFirst().equalsIgnoreCase("chunked"))) {
            return Optional.of("a transfer coding other than chunked");
        }
        if (lengths.size() > 1 || (lengths.size() == 1 && !digits(lengths.getFirst()))) {
            return Optional.of("a Content-Length that is not one number");
        }
        List<String> expectations = Names.all(headers, HttpHeaderNames.EXPECT);
        if (!expectations.isEmpty()
                && !(expectations.size() == 1
                        && expectations.getFirst().equalsIgnoreCase("100-continue"))) {
            return Optional.of("an unknown expectation");
        }
        if (WebSocket.asked(head)) {
            return WebSocket.wrong(head);
        }
        for (String upgrade : Names.all(headers, HttpHeaderNames.UPGRADE)) {
            // an offer of h2c may be left alone (RFC 9110 §7.8), and some clients always make it
            if (!upgrade.toLowerCase(Locale.ROOT).equals("h2c")) {
                return Optional.of("a wish to speak another protocol");
            }
        }
        return Optional.empty();
    }

    private static Passage peer(Exchange exchange) {
        SpiffeId peer = exchange.arrival().peer().orElseThrow().id();
        boolean known =
                peer.equals(SpiffeId.gateway(peer.system()))
                        || exchange.plan().hasService(peer.name());
        return known
                ? Passage.PASSED
                : new Passage.Refused(Reason.PEER_NOT_TRUSTED, peer + " has no business here");
    }

    private static boolean host(String text) {
        if (text.isEmpty() || text.length() > 260) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = RequestTarget.letterOrDigit(c);
            if (!word && ".-_:[]".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean digits(String text) {
        return !text.isEmpty()
                && text.length() <= 18
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Passage odd(String note) {
        return new Passage.Refused(Reason.BAD_REQUEST, note);
    }
}
