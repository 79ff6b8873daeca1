package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Netty's HTTP/1 parser with its strictest settings, and stricter where it is kind: it refuses folded header lines (RFC 9112 §5.2) and
/// leaves `Content-Length` beside `Transfer-Encoding` for [TransportRing] to refuse.
final class StrictRequestDecoder extends HttpRequestDecoder {

    /// The longest request line, in bytes.
    static final int LINE_BYTES_MAX = RequestTarget.LENGTH_MAX + 64;

    /// The largest headers of one request, in bytes.
    static final int HEADER_BYTES_MAX = 48 << 10;

    /// The most header lines of one request.
    static final int HEADERS_MAX = 128;

    private static final int CHUNK_BYTES_MAX = 64 << 10;
    private static final int DELETE = 0x7f;

    private boolean inHead = true;
    private boolean headBegun;
    private boolean bad;
    private long headSinceNanos;

    StrictRequestDecoder() {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(LINE_BYTES_MAX)
                        .setMaxHeaderSize(HEADER_BYTES_MAX)
                        .setMaxChunkSize(CHUNK_BYTES_MAX)
                        .setStrictLineParsing(true)
                        .setHeadersFactory(Lines.CHECKING)
                        .setTrailersFactory(Lines.CHECKING)
                        .setAllowDuplicateContentLengths(false));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
            throws Exception {
        if (bad) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (inHead && in.isReadable()) {
            headSinceNanos = headSinceNanos == 0 ? System.nanoTime() : headSinceNanos;
            boolean early = !headBegun && begunOddly(in);
            if (early || folded(in)) {
                bad = true;
                HttpMessage odd = createInvalidMessage();
                odd.setDecoderResult(
                        DecoderResult.failure(
                                new OddRequest(
                                        early
                                                ? "something before the request line"
                                                : "a folded header line")));
                in.skipBytes(in.readableBytes());
                out.add(odd);
                return;
            }
        }
        int before = out.size();
        int at = in.readerIndex();
        super.decode(context, in, out);
        headBegun |= first(in, at, in.readerIndex()) < in.readerIndex();
        for (int i = before; i < out.size(); i++) {
            follow(out.get(i));
        }
    }

    private void follow(Object decoded) {
        if (decoded instanceof HttpRequest request) {
            inHead = false;
            headSinceNanos = 0;
            bad = request.decoderResult().isFailure();
        }
        if (decoded instanceof LastHttpContent) {
            inHead = true;
            headBegun = false;
        }
    }

    /// Whether the head begins with what Netty would pass over: nothing but empty lines may come before a request (RFC 9112 §2.2).
    private static boolean begunOddly(ByteBuf in) {
        int first = first(in, in.readerIndex(), in.writerIndex());
        return first < in.writerIndex()
                && (in.getUnsignedByte(first) <= ' ' || in.getByte(first) == DELETE);
    }

    /// Where the first byte is that ends no line; the end where there is none.
    private static int first(ByteBuf in, int from, int end) {
        int first = from;
        while (first < end && (in.getByte(first) == '\r' || in.getByte(first) == '\n')) {
            first++;
        }
        return first;
    }

    /// Whether a line of the head that has arrived begins with white space.
    private boolean folded(ByteBuf in) {
        int end = in.writerIndex();
        int line = in.readerIndex();
        boolean first = !headBegun;
        while (line < end) {
            byte c = in.getByte(line);
            if (!first && (c == ' ' || c == '\t')) {
                return true;
            }
            int feed = in.indexOf(line, end, (byte) '\n');
            if (feed < 0) {
                return false;
            }
            boolean blank = feed == line || (feed == line + 1 && c == '\r');
            if (blank && !first) {
                return false;
            }
            first = first && blank;
            line = feed + 1;
        }
        return false;
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        // both stay, so that the ring sees both and refuses
    }

    /// Since when a head has been arriving that is not whole yet; 0 when none is.
    long headSinceNanos() {
        return inHead ? headSinceNanos : 0;
    }
}
