package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/// Who waits for the answer on a connection to a next hop. Everything happens on its event loop.
interface Served {

    /// The answer begins.
    void onHead(HttpResponse response);

    /// More of the answer. Takes ownership of the content.
    void onContent(HttpContent content);

    /// What comes behind an agreement to speak something else. Takes ownership of the bytes; who agreed to nothing lets go of them.
    default void onBytes(ByteBuf bytes) {
        bytes.release();
    }

    /// All that had come in one go was told.
    void flush();

    /// The next hop takes more of the request; nothing to do for who has sent all of it.
    default void upstreamWritable() {}

    /// The connection is gone before the answer was whole.
    ///
    /// @param reused whether it had served another request before
    void onGone(boolean reused);
}
