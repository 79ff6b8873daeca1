package dev.ringwall.gateway;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/// An answer on its way out. Its head waits until it is known whether all the rest has come with it: then the answer is one message,
/// which passes the pipeline once. Lives on the connection's event loop.
final class Leaving {

    private final ConnectionHandler client;
    private @Nullable HttpResponse unsent;

    Leaving(ConnectionHandler client) {
        this.client = client;
    }

    void begin(HttpResponse head) {
        unsent = head;
    }

    /// A part that is not the last.
    void part(HttpContent content) {
        writeHead();
        client.write(content);
    }

    /// The last part. What trailers it had are not looked at.
    void end(LastHttpContent last, HttpHeaders trailers) {
        HttpResponse head = unsent;
        if (head != null && trailers.isEmpty()) {
            unsent = null;
            client.lastAnswer(
                    new DefaultFullHttpResponse(
                            head.protocolVersion(),
                            head.status(),
                            last.content(),
                            head.headers(),
                            EmptyHttpHeaders.INSTANCE),
                    client.keepsAlive());
            return;
        }
        writeHead();
        if (last.content().isReadable()) {
            client.write(new DefaultHttpContent(last.content()));
        } else {
            last.release();
        }
        client.answered(trailers);
    }

    void flush() {
        writeHead();
        client.flush();
    }

    private void writeHead() {
        HttpResponse head = unsent;
        if (head != null) {
            unsent = null;
            client.write(head);
        }
    }
}
