package dev.ringwall.gateway;

import io.netty.channel.CombinedChannelDuplexHandler;

/// HTTP/1.1 towards the next hop, one request at a time: an answer is read by what the request before it was (RFC 9112 §6.3).
final class UpstreamCodec extends CombinedChannelDuplexHandler<AnswerDecoder, RequestEncoder> {

    UpstreamCodec() {
        AnswerDecoder answers = new AnswerDecoder();
        init(answers, new RequestEncoder(answers::answersHead));
    }
}
