package dev.ringwall.gateway;

import dev.ringwall.wire.RequestTarget;
import dev.ringwall.wire.StrictRequestDecoder;
import dev.ringwall.wire.UpstreamCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/// Any bytes at the door. Two things must hold for all of them:
///
/// - in how many pieces they come makes no difference to what is read;
/// - each request that is let through, written on as the data plane writes it, is read as that one request: by the same strict reader, by
///   a lenient one, and by one as bad as services have it. A request that becomes two, or another, is smuggled.
///
/// `checks/fuzz` feeds it with what Jazzer thinks of, [RequestFuzzTest] with what a seed does.
public final class RequestFuzz {

    private RequestFuzz() {}

    /// A whole request that the transport ring lets through.
    private record Accepted(String method, String target, HttpHeaders headers, String body) {
        /// What the next hop must see of it.
        String essence() {
            return method + " " + target + " " + body;
        }
    }

    /// Jazzer calls this.
    public static void fuzzerTestOneInput(byte[] bytes) {
        List<Accepted> whole = read(bytes, bytes.length);
        int piece = bytes.length == 0 ? 1 : 1 + Math.floorMod(bytes[bytes.length - 1], 7);
        List<Accepted> pieces = read(bytes, piece);
        if (!essences(whole).equals(essences(pieces))) {
            throw new AssertionError(
                    "whole: " + essences(whole) + "; by " + piece + ": " + essences(pieces));
        }
        whole.forEach(RequestFuzz::writtenOn);
    }

    private static List<String> essences(List<Accepted> requests) {
        return requests.stream().map(Accepted::essence).toList();
    }

    /// What the door takes for requests, up to the first one that it refuses.
    private static List<Accepted> read(byte[] bytes, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder());
        try {
            for (int from = 0; from < bytes.length; from += piece) {
                int length = Math.min(piece, bytes.length - from);
                channel.writeInbound(Unpooled.copiedBuffer(bytes, from, length));
            }
            return accepted(channel);
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static List<Accepted> accepted(EmbeddedChannel channel) {
        List<Accepted> accepted = new ArrayList<>();
        HttpRequest head = null;
        StringBuilder body = new StringBuilder();
        for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
            try {
                if (((HttpObject) read).decoderResult().isFailure()) {
                    return accepted;
                }
                if (read instanceof HttpRequest request) {
                    if (TransportRing.framing(request).isPresent()
                            || !(RequestTarget.parse(request.uri())
                                    instanceof RequestTarget.Parsed.Clear)) {
                        return accepted;
                    }
                    head = request;
                    body.setLength(0);
                }
                if (read instanceof HttpContent content) {
                    body.append(ByteBufUtil.hexDump(content.content()));
                }
                if (read instanceof LastHttpContent && head != null) {
                    accepted.add(
                            new Accepted(
                                    head.method().name(),
                                    head.uri(),
                                    head.headers(),
                                    body.toString()));
                    head = null;
                }
            } finally {
                ReferenceCountUtil.release(read);
            }
        }
        return accepted;
    }

    private static void writtenOn(Accepted request) {
        byte[] bytes = written(request);
        List<Accepted> strict = read(bytes, Math.max(1, bytes.length));
        List<String> lenient = readLeniently(bytes);
        List<String> one = List.of(request.essence());
        List<String> stubborn = StubbornReader.read(bytes);
        if (!essences(strict).equals(one) || !lenient.equals(one) || !stubborn.equals(one)) {
            throw new AssertionError(
                    one
                            + " went on as "
                            + essences(strict)
                            + ", to a lenient reader as "
                            + lenient
                            + ", to a stubborn one as "
                            + stubborn);
        }
    }

    /// As `ForwardRing` and the pool do it.
    private static byte[] written(Accepted request) {
        HttpHeaders headers = Names.passedOn(request.headers());
        headers.remove("expect");
        EmbeddedChannel channel = new EmbeddedChannel(new UpstreamCodec());
        try {
            channel.writeOutbound(
                    new DefaultHttpRequest(
                            HttpVersion.HTTP_1_1,
                            io.netty.handler.codec.http.HttpMethod.valueOf(request.method()),
                            request.target(),
                            headers),
                    new DefaultLastHttpContent(
                            Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(request.body()))));
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf part = channel.readOutbound();
                    part != null;
                    part = channel.readOutbound()) {
                all.writeBytes(part);
                part.release();
            }
            return ByteBufUtil.getBytes(all);
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static List<String> readLeniently(byte[] bytes) {
        EmbeddedChannel channel =
                new EmbeddedChannel(
                        new HttpRequestDecoder(
                                new HttpDecoderConfig()
                                        .setMaxInitialLineLength(1 << 20)
                                        .setMaxHeaderSize(1 << 20)
                                        .setStrictLineParsing(false)
                                        .setAllowDuplicateContentLengths(true)));
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(bytes));
            return essences(accepted(channel));
        } finally {
            channel.finishAndReleaseAll();
        }
    }
}
