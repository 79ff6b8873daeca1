package dev.ringwall.attack;

import dev.ringwall.attack.Call.Header;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The headers that HTTP/2 has numbers for: those of everybody (RFC 7541 Appendix A) and those of one connection. For one thread.
final class HeaderTable {

    /// What an entry counts above its characters, in bytes (RFC 7541 §4.1).
    private static final int ENTRY_BYTES = 32;

    private static final List<Header> EVERYBODYS = everybodys();

    private final Deque<Header> own = new ArrayDeque<>();
    private int bytes;
    private int bytesMax;

    HeaderTable(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    private static List<Header> everybodys() {
        List<Header> headers = new ArrayList<>();
        for (String line :
                """
                :authority
                :method GET
                :method POST
                :path /
                :path /index.html
                :scheme http
                :scheme https
                :status 200
                :status 204
                :status 206
                :status 304
                :status 400
                :status 404
                :status 500
                accept-charset
                accept-encoding gzip, deflate
                accept-language
                accept-ranges
                accept
                access-control-allow-origin
                age
                allow
                authorization
                cache-control
                content-disposition
                content-encoding
                content-language
                content-length
                content-location
                content-range
                content-type
                cookie
                date
                etag
                expect
                expires
                from
                host
                if-match
                if-modified-since
                if-none-match
                if-range
                if-unmodified-since
                last-modified
                link
                location
                max-forwards
                proxy-authenticate
                proxy-authorization
                range
                referer
                refresh
                retry-after
                server
                set-cookie
                strict-transport-security
                transfer-encoding
                user-agent
                vary
                via
                www-authenticate
                """
                        .lines()
                        .toList()) {
            String[] parts = line.split(" ", 2);
            headers.add(new Header(parts[0], parts.length > 1 ? parts[1] : ""));
        }
        return List.copyOf(headers);
    }

    Header at(int index) throws IOException {
        if (index >= 1 && index <= EVERYBODYS.size()) {
            return EVERYBODYS.get(index - 1);
        }
        return own.stream()
                .skip(Math.max(0L, index - EVERYBODYS.size() - 1L))
                .findFirst()
                .filter(_ -> index > 0)
                .orElseThrow(() -> new IOException("no header has the number " + index));
    }

    void add(Header header) {
        own.addFirst(header);
        bytes += size(header);
        shrink();
    }

    void resize(int bytesMax) {
        this.bytesMax = bytesMax;
        shrink();
    }

    private void shrink() {
        while (bytes > bytesMax && !own.isEmpty()) {
            bytes -= size(own.removeLast());
        }
    }

    private static int size(Header header) {
        return header.name().length() + header.value().length() + ENTRY_BYTES;
    }
}
