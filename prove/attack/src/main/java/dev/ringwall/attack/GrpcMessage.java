package dev.ringwall.attack;

import dev.ringwall.model.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A message of gRPC as its first five bytes announce it (grpc.io, PROTOCOL-HTTP2, Length-Prefixed-Message). No more than those are sent: who
/// looks at them knows enough, and who does not hands them on.
final class GrpcMessage {

    /// One byte more than the 4 MiB that libraries of gRPC take where nobody says otherwise.
    static final int TOO_LARGE = (4 << 20) + 1;

    private static final int PREFIX_BYTES = 5;

    private GrpcMessage() {}

    static Call call(String target) {
        return Call.of("POST", target)
                .with("Content-Type", "application/grpc")
                .with("TE", "trailers");
    }

    /// @param flag 1 says that the message is compressed, 0 that it is not; there are no others
    static Seen send(Scene scene, Call call, int flag, int length) throws IOException, NotPlayable {
        scene.note(
                "gRPC at %s%s   # a message with flag %d and length %d"
                        .formatted(scene.door().origin(), call.target(), flag, length));
        byte[] prefix = ByteBuffer.allocate(PREFIX_BYTES).put((byte) flag).putInt(length).array();
        try (Streams streams = Streams.open(scene.door())) {
            streams.putHeaders(1, HeaderBlock.of(streams.headers(call)), false);
            streams.put(new Frame(Frame.DATA, Frame.END_STREAM, 1, prefix));
            return switch (streams.answer(1)) {
                case Streams.End.Answered(Reply reply) -> seen(reply);
                case Streams.End.Reset reset -> Streams.seen(reset);
            };
        } catch (IOException ended) {
            return Scene.seen(ended);
        }
    }

    /// Refusals are told in a header, which begins with the reason.
    private static Seen seen(Reply reply) {
        return reply.header("grpc-message")
                .flatMap(said -> Reason.of(said.split(":", 2)[0]))
                .<Seen>map(Seen.Refused::new)
                .orElseGet(() -> Scene.seen(reply));
    }
}
