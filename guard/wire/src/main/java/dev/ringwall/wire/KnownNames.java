package dev.ringwall.wire;

import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Names of headers that most messages have, each as it is usually written: one object for all messages. What is written otherwise stays
/// as it came.
final class KnownNames {

    private static final List<String> USUAL =
            List.of(
                    "Accept",
                    "Accept-Charset",
                    "Accept-Encoding",
                    "Accept-Language",
                    "Accept-Ranges",
                    "Access-Control-Allow-Origin",
                    "Access-Control-Request-Headers",
                    "Access-Control-Request-Method",
                    "Age",
                    "Alt-Svc",
                    "Authorization",
                    "Cache-Control",
                    "Connection",
                    "Content-Disposition",
                    "Content-Encoding",
                    "Content-Language",
                    "Content-Length",
                    "Content-Security-Policy",
                    "Content-Type",
                    "Cookie",
                    "DNT",
                    "DPoP",
                    "Date",
                    "ETag",
                    "Expect",
                    "Expires",
                    "Forwarded",
                    "Host",
                    "If-Match",
                    "If-Modified-Since",
                    "If-None-Match",
                    "Keep-Alive",
                    "Last-Modified",
                    "Location",
                    "Origin",
                    "Pragma",
                    "Priority",
                    "Range",
                    "Referer",
                    "Ringwall-Caller",
                    "Ringwall-Entry",
                    "Ringwall-Key",
                    "Ringwall-Operation",
                    "Ringwall-Refusal",
                    "Ringwall-Request",
                    "Ringwall-Roles",
                    "Sec-CH-UA",
                    "Sec-CH-UA-Mobile",
                    "Sec-CH-UA-Platform",
                    "Sec-Fetch-Dest",
                    "Sec-Fetch-Mode",
                    "Sec-Fetch-Site",
                    "Sec-Fetch-User",
                    "Sec-WebSocket-Accept",
                    "Sec-WebSocket-Key",
                    "Sec-WebSocket-Protocol",
                    "Sec-WebSocket-Version",
                    "Server",
                    "Server-Timing",
                    "Set-Cookie",
                    "Strict-Transport-Security",
                    "TE",
                    "Traceparent",
                    "Tracestate",
                    "Trailer",
                    "Transfer-Encoding",
                    "Txn-Token",
                    "Upgrade",
                    "Upgrade-Insecure-Requests",
                    "User-Agent",
                    "Vary",
                    "Via",
                    "X-Content-Type-Options",
                    "X-Forwarded-For",
                    "X-Forwarded-Host",
                    "X-Forwarded-Proto",
                    "X-Frame-Options",
                    "X-Request-ID");

    private static final int PLACES = 1 << 10;
    private static final AsciiString[] BY_HASH = byHash();

    private KnownNames() {}

    /// The name that stands there, where it is a known one.
    static @Nullable AsciiString of(byte[] bytes, int from, int to) {
        AsciiString known = BY_HASH[hash(bytes, from, to)];
        return known.length() == to - from
                        && Arrays.equals(
                                known.array(),
                                known.arrayOffset(),
                                known.arrayOffset() + known.length(),
                                bytes,
                                from,
                                to)
                ? known
                : null;
    }

    /// Length, first, middle and last letter; two names that meet in one place cost the later one its place.
    private static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        int mixed = (length * 31 + bytes[from]) * 31 + bytes[from + length / 2];
        mixed = mixed * 31 + bytes[to - 1];
        return (mixed ^ (mixed >>> 10)) & (PLACES - 1);
    }

    private static AsciiString[] byHash() {
        AsciiString[] places = new AsciiString[PLACES];
        Arrays.fill(places, AsciiString.EMPTY_STRING);
        for (String usual : USUAL) {
            place(places, AsciiString.cached(usual));
            place(places, AsciiString.cached(usual.toLowerCase(Locale.ROOT)));
        }
        return places;
    }

    private static void place(AsciiString[] places, AsciiString name) {
        int at = hash(name.array(), name.arrayOffset(), name.arrayOffset() + name.length());
        if (places[at].isEmpty()) {
            places[at] = name;
        }
    }
}
