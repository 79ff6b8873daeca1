package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.SpiffeId;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Something that a node hands to one of our own by `POST`, other than a call that it passes on.
///
/// @param to        where: an `https` address with a path
/// @param receiver  who must answer there; nothing leaves before that is certain
/// @param as        who hands it over
/// @param mediaType what the body is
/// @param body      outside the heap, it goes out without being copied; nobody may change it before the outcome is known. Its position
///                  and limit are not touched
/// @param within    how long all of it may take, the answer included; after that its connection is closed, which may take a few seconds
public record Delivery(
        URI to,
        SpiffeId receiver,
        Identity as,
        String mediaType,
        ByteBuffer body,
        Duration within) {

    /// The largest answer, in bytes.
    public static final int ANSWER_BYTES_MAX = 64 << 10;

    private static final int HTTPS_PORT = 443;

    /// What became of it.
    public sealed interface Outcome {
        /// It was answered.
        @SuppressWarnings("ArrayRecordComponent") // compared by nobody
        record Answered(int status, byte[] body) implements Outcome {}

        /// It was not, or not in a way that can be understood. Whether it has arrived is not known.
        record Unanswered(String why) implements Outcome {}
    }

    Way way() {
        return new Way(
                to.getHost(),
                to.getPort() < 0 ? HTTPS_PORT : to.getPort(),
                new Way.Crossing.Mutual(as, receiver));
    }

    /// What the request asks for.
    String target() {
        return to.getRawQuery() == null
                ? to.getRawPath()
                : to.getRawPath() + "?" + to.getRawQuery();
    }
}
