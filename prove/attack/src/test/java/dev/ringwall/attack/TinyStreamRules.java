package dev.ringwall.attack;

import dev.ringwall.attack.Call.Header;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a request over HTTP/2 must be like (RFC 9113 §8.2, §8.3).
final class TinyStreamRules {

    private static final Set<String> OF_HTTP_1 =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private static final Map<String, String> PSEUDO =
            Map.of(
                    ":method", "(?!CONNECT)[A-Z]+",
                    ":scheme", "https",
                    ":authority", "[A-Za-z0-9.:-]+",
                    ":path", "/[\\x21-\\x7e]*");

    private TinyStreamRules() {}

    static boolean good(List<Header> headers) {
        Set<String> pseudo = new HashSet<>();
        boolean late = false;
        String authority = "";
        for (Header header : headers) {
            if (header.name().startsWith(":")) {
                String wanted = PSEUDO.getOrDefault(header.name(), "(?!)");
                if (late || !header.value().matches(wanted) || !pseudo.add(header.name())) {
                    return false;
                }
                authority = header.name().equals(":authority") ? header.value() : authority;
            } else {
                late = true;
                boolean host = header.name().equals("host") && !header.value().equals(authority);
                if (host || !ordinary(header)) {
                    return false;
                }
            }
        }
        long lengths = headers.stream().filter(one -> one.name().equals("content-length")).count();
        return pseudo.size() == PSEUDO.size() && lengths <= 1;
    }

    /// Whether it is a well-formed wish for a WebSocket (RFC 8441 §4).
    static boolean webSocket(List<Header> headers) {
        return headers.contains(new Header(":method", "CONNECT"))
                && headers.stream().filter(one -> one.name().equals(":protocol")).count() == 1
                && headers.contains(new Header(":protocol", "websocket"));
    }

    /// Whether it may stand behind a body.
    static boolean goodTrailers(List<Header> headers) {
        return headers.stream().allMatch(TinyStreamRules::ordinary);
    }

    private static boolean ordinary(Header header) {
        return header.name().matches("[a-z0-9_-]+")
                && header.value().matches("[^\\x00\\r\\n]*")
                && !OF_HTTP_1.contains(header.name())
                && (!header.name().equals("te") || header.value().equals("trailers"))
                && (!header.name().equals("content-length") || header.value().matches("[0-9]+"));
    }
}
