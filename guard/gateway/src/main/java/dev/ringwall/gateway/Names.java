package dev.ringwall.gateway;

import dev.ringwall.wire.Lines;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/// The headers that mean something to Ringwall, and those that end at each hop.
final class Names {

    static final AsciiString REQUEST = AsciiString.cached("ringwall-request");
    static final AsciiString CALLER = AsciiString.cached("ringwall-caller");
    static final AsciiString ROLES = AsciiString.cached("ringwall-roles");
    static final AsciiString OPERATION = AsciiString.cached("ringwall-operation");
    static final AsciiString ENTRY = AsciiString.cached("ringwall-entry");
    static final AsciiString KEY = AsciiString.cached("ringwall-key");

    /// Where a sidecar tells other nodes whether its service is well. No operation has a path under `/auth`.
    static final String HEALTH_PATH = "/auth/ringwall/health";

    /// On the refusals of a node, for the node before it; nobody else can send it.
    static final AsciiString REFUSAL = AsciiString.cached("ringwall-refusal");

    /// A proof that the caller holds its token's key (RFC 9449 §4.1).
    static final AsciiString DPOP = AsciiString.cached("dpop");

    /// The certificate whose key the caller holds, and what it showed with it (RFC 9440); said by the gateway to the control plane alone.
    static final AsciiString CLIENT_CERT = AsciiString.cached("client-cert");

    static final AsciiString CLIENT_CERT_CHAIN = AsciiString.cached("client-cert-chain");

    static final AsciiString TXN_TOKEN = AsciiString.cached("txn-token");
    static final AsciiString FORWARDED = AsciiString.cached("forwarded");
    static final AsciiString TRACEPARENT = AsciiString.cached("traceparent");
    static final AsciiString TRACESTATE = AsciiString.cached("tracestate");
    static final AsciiString REAL_IP = AsciiString.cached("x-real-ip");
    static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");

    private static final String[] OUR_PREFIXES = {"ringwall-", "x-forwarded-", "client-cert"};

    /// What only a node may say, and what is for one hop; `close` means something in `Connection` alone (RFC 9110 §7.6.1).
    private static final NameSet ENDING =
            NameSet.of(
                    TXN_TOKEN,
                    FORWARDED,
                    TRACEPARENT,
                    TRACESTATE,
                    REAL_IP,
                    HttpHeaderNames.CONNECTION,
                    KEEP_ALIVE,
                    HttpHeaderValues.CLOSE,
                    PROXY_CONNECTION,
                    HttpHeaderNames.TE,
                    HttpHeaderNames.UPGRADE,
                    HTTP2_SETTINGS,
                    HttpHeaderNames.PROXY_AUTHENTICATE,
                    HttpHeaderNames.PROXY_AUTHORIZATION);

    private Names() {}

    /// A copy of what a message says to the next hop: without what is meant for this hop only (RFC 9110 §7.6.1), and without what only a node may
    /// say. How the body is framed stays.
    static Lines passedOn(HttpHeaders came) {
        return Lines.without(came, ending(came));
    }

    /// The same, in place.
    static void clean(HttpHeaders headers) {
        if (headers instanceof Lines lines) {
            lines.removeIf(ending(lines));
        } else if (!headers.isEmpty()) {
            headers.set(passedOn(headers));
        }
    }

    /// Which lines of the message go no further. One pass finds them, however many names `Connection` lists: the sender chooses that.
    static Predicate<CharSequence> ending(HttpHeaders came) {
        Set<String> listed = listed(came);
        return listed.isEmpty()
                ? Names::endsHere
                : name ->
                        endsHere(name) || listed.contains(name.toString().toLowerCase(Locale.ROOT));
    }

    /// What `Connection` names ends here as well, but for what says whose the message is and how it is framed.
    private static Set<String> listed(HttpHeaders came) {
        List<String> values = all(came, HttpHeaderNames.CONNECTION);
        if (values.isEmpty() || (values.size() == 1 && ENDING.has(values.getFirst()))) {
            return Set.of(); // as a rule it says `close` or `keep-alive`
        }
        Set<String> words = new HashSet<>();
        for (String value : values) {
            for (String name : value.split(",", -1)) {
                words.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        words.removeAll(List.of("content-length", "transfer-encoding", "host"));
        return words;
    }

    /// Whether a header of that name is for this hop, or only a node's to say.
    private static boolean endsHere(CharSequence name) {
        if (ENDING.has(name)) {
            return true;
        }
        for (String prefix : OUR_PREFIXES) {
            if (name.length() >= prefix.length()
                    && AsciiString.regionMatches(name, true, 0, prefix, 0, prefix.length())) {
                return true;
            }
        }
        return false;
    }

    /// All values of a header; most requests have none of most.
    static List<String> all(HttpHeaders headers, AsciiString name) {
        return headers.contains(name) ? headers.getAll(name) : List.of();
    }
}
