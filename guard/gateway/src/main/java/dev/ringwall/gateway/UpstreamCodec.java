package dev.ringwall.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;

/// HTTP/1.1 towards the next hop, one request at a time: an answer is read by what the request before it was (RFC 9112 §6.3).
final class UpstreamCodec
        extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {

    private boolean headAsked;

    UpstreamCodec(HttpDecoderConfig limits) {
        init(new Answers(limits), new Requests());
    }

    private final class Requests extends HttpRequestEncoder {
        @Override
        protected void sanitizeHeadersBeforeEncode(HttpRequest request, boolean bodiless) {
            headAsked = request.method().equals(HttpMethod.HEAD);
        }

        @Override
        protected void encodeHeaders(HttpHeaders headers, ByteBuf to) {
            HeaderLines.write(headers, to);
        }
    }

    private final class Answers extends HttpResponseDecoder {
        private Answers(HttpDecoderConfig limits) {
            super(limits);
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            return super.isContentAlwaysEmpty(message)
                    || (headAsked
                            && message instanceof HttpResponse answer
                            && answer.status().codeClass() != HttpStatusClass.INFORMATIONAL);
        }
    }
}
