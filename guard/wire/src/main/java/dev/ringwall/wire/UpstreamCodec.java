package dev.ringwall.wire;

import io.netty.channel.CombinedChannelDuplexHandler;

/// HTTP/1.1 towards the next hop, one request at a time: an answer is read by what the request before it was (RFC 9112 §6.3).
///
/// Requests go in and answers come out as the library's messages, whose headers are [Lines]. An answer that is not well formed comes out with the
/// failure in its result, and nothing behind it is read. For one connection, on its loop.
public final class UpstreamCodec
        extends CombinedChannelDuplexHandler<AnswerDecoder, RequestEncoder> {

    /// The largest head of an answer, and the largest trailers, in bytes.
    public static final int HEADER_BYTES_MAX = 64 << 10;

    /// For a connection on which nothing was said yet.
    public UpstreamCodec() {
        AnswerDecoder answers = new AnswerDecoder();
        init(answers, new RequestEncoder(answers::answersHead));
    }
}
