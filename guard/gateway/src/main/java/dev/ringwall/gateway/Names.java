package dev.ringwall.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    // arrays, for these are gone through twice for every request
    private static final AsciiString[] OURS = {
        TXN_TOKEN, FORWARDED, TRACEPARENT, TRACESTATE, REAL_IP
    };
    private static final String[] OUR_PREFIXES = {"ringwall-", "x-forwarded-", "client-cert"};
    private static final AsciiString[] HOP_BY_HOP = {
        HttpHeaderNames.CONNECTION,
        KEEP_ALIVE,
        PROXY_CONNECTION,
        HttpHeaderNames.TE,
        HttpHeaderNames.UPGRADE,
        HTTP2_SETTINGS,
        HttpHeaderNames.PROXY_AUTHENTICATE,
        HttpHeaderNames.PROXY_AUTHORIZATION
    };

    private Names() {}

    /// Takes out what is meant for this hop only (RFC 9110 §7.6.1). How the body is framed stays.
    static void dropHopByHop(HttpHeaders headers) {
        for (String listed : all(headers, HttpHeaderNames.CONNECTION)) {
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
        for (AsciiString name : HOP_BY_HOP) {
            headers.remove(name);
        }
    }

    /// Takes out everything that only a node may say.
    static void dropOurs(HttpHeaders headers) {
        for (AsciiString name : OURS) {
            headers.remove(name);
        }
        List<String> prefixed = new ArrayList<>(0);
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            CharSequence name = all.next().getKey();
            for (String prefix : OUR_PREFIXES) {
                if (AsciiString.regionMatches(name, true, 0, prefix, 0, prefix.length())) {
                    prefixed.add(name.toString());
                }
            }
        }
        for (String name : prefixed) {
            headers.remove(name);
        }
    }

    /// All values of a header; most requests have none of most.
    static List<String> all(HttpHeaders headers, AsciiString name) {
        return headers.contains(name) ? headers.getAll(name) : List.of();
    }
}
