package dev.ringwall.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The headers that mean something to Ringwall, and those that end at each hop.
final class Names {

    static final AsciiString REQUEST = AsciiString.cached("ringwall-request");
    static final AsciiString CALLER = AsciiString.cached("ringwall-caller");
    static final AsciiString ROLES = AsciiString.cached("ringwall-roles");
    static final AsciiString OPERATION = AsciiString.cached("ringwall-operation");
    static final AsciiString ENTRY = AsciiString.cached("ringwall-entry");
    static final AsciiString KEY = AsciiString.cached("ringwall-key");

    /// On the refusals of a node, for the node before it; nobody else can send it.
    static final AsciiString REFUSAL = AsciiString.cached("ringwall-refusal");

    /// A proof that the caller holds its token's key (RFC 9449 §4.1).
    static final AsciiString DPOP = AsciiString.cached("dpop");

    static final AsciiString TXN_TOKEN = AsciiString.cached("txn-token");
    static final AsciiString FORWARDED = AsciiString.cached("forwarded");
    static final AsciiString TRACEPARENT = AsciiString.cached("traceparent");
    static final AsciiString TRACESTATE = AsciiString.cached("tracestate");
    static final AsciiString REAL_IP = AsciiString.cached("x-real-ip");
    static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");

    private static final List<AsciiString> OURS =
            List.of(TXN_TOKEN, FORWARDED, TRACEPARENT, TRACESTATE, REAL_IP);
    private static final List<String> OUR_PREFIXES = List.of("ringwall-", "x-forwarded-");
    private static final List<AsciiString> HOP_BY_HOP =
            List.of(
                    HttpHeaderNames.CONNECTION,
                    KEEP_ALIVE,
                    PROXY_CONNECTION,
                    HttpHeaderNames.TE,
                    HttpHeaderNames.UPGRADE,
                    HTTP2_SETTINGS,
                    HttpHeaderNames.PROXY_AUTHENTICATE,
                    HttpHeaderNames.PROXY_AUTHORIZATION);

    private Names() {}

    /// Takes out what is meant for this hop only (RFC 9110 §7.6.1). How the body is framed stays.
    static void dropHopByHop(HttpHeaders headers) {
        for (String listed : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : listed.split(",", -1)) {
                String word = name.strip().toLowerCase(Locale.ROOT);
                if (!word.isEmpty()
                        && !word.equals("content-length")
                        && !word.equals("transfer-encoding")
                        && !word.equals("host")) {
                    headers.remove(word);
                }
            }
        }
        HOP_BY_HOP.forEach(headers::remove);
    }

    /// Takes out everything that only a node may say.
    static void dropOurs(HttpHeaders headers) {
        OURS.forEach(headers::remove);
        List<String> prefixed = new ArrayList<>(0);
        headers.iteratorCharSequence()
                .forEachRemaining(entry -> {
                    for (String prefix : OUR_PREFIXES) {
                        if (AsciiString.regionMatches(
                                entry.getKey(), true, 0, prefix, 0, prefix.length())) {
                            prefixed.add(entry.getKey().toString());
                        }
                    }
                });
        prefixed.forEach(headers::remove);
    }
}
