package dev.ringwall.wire;

import io.netty.channel.ChannelHandlerContext;

/// Reads requests. What may be repaired is refused (RFC 9112 §2.2, §3, §5, §6): nobody behind it can take for two requests what it takes for
/// one.
///
/// What comes out are the library's messages, whose headers are [Lines]. A request that is not well formed comes out as far as it can be told,
/// with the failure in its result, which is an [OddRequest] or one of the library's for what is too long; nothing behind it is read. For one
/// connection, on its loop.
public final class StrictRequestDecoder extends MessageDecoder {

    /// The longest request line with its line end, in bytes.
    static final int LINE_BYTES_MAX = RequestTarget.LENGTH_MAX + 64;

    /// The largest headers of one request, in bytes.
    public static final int HEADER_BYTES_MAX = 48 << 10;

    /// The most header lines of one request.
    public static final int HEADERS_MAX = 128;

    private final RequestHead head;
    private long headSinceNanos;

    /// For a connection on which nothing was said yet.
    public StrictRequestDecoder() {
        this(new RequestHead(LINE_BYTES_MAX, HEADER_BYTES_MAX, HEADERS_MAX));
    }

    private StrictRequestDecoder(RequestHead head) {
        super(head, new Trailers(HEADER_BYTES_MAX, HEADERS_MAX));
        this.head = head;
    }

    @Override
    long body() {
        return head.body();
    }

    @Override
    boolean switches() {
        return false;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        super.channelRead(context, message);
        if (!awaitsHead()) {
            headSinceNanos = 0;
        } else if (headSinceNanos == 0) {
            headSinceNanos = System.nanoTime();
        }
    }

    /// Since when a head has been arriving that is not whole yet, by [System#nanoTime]; 0 when none is.
    public long headSinceNanos() {
        return awaitsHead() ? headSinceNanos : 0;
    }
}
