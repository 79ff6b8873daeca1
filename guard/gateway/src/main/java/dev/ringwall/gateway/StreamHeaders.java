package dev.ringwall.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import java.util.Set;

/// Headers on their way between HTTP/1.1 and HTTP/2.
final class StreamHeaders {

    /// They speak of one connection, and there are no such connections in HTTP/2 (RFC 9113 §8.2.2).
    private static final Set<String> HTTP_1_ONLY =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    /// What must not be guessed from how well it compresses (RFC 7541 §7.1.3).
    private static final Set<String> NEVER_INDEXED =
            Set.of("authorization", "cookie", "set-cookie", "txn-token", "ringwall-entry");

    private StreamHeaders() {}

    /// Whether HTTP/2 does not have that header; `name` is in lower case.
    static boolean foreign(String name) {
        return HTTP_1_ONLY.contains(name);
    }

    /// Whether the header is a secret.
    static boolean sensitive(CharSequence name) {
        return NEVER_INDEXED.contains(name.toString());
    }

    /// As HTTP/2 has them, without those that it does not have.
    static Http2Headers of(HttpHeaders from) {
        Http2Headers headers = new DefaultHttp2Headers(false);
        from.iteratorCharSequence()
                .forEachRemaining(each -> {
                    String name = each.getKey().toString().toLowerCase(Locale.ROOT);
                    if (!foreign(name)) {
                        headers.add(name, each.getValue());
                    }
                });
        return headers;
    }
}
