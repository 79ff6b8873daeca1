package dev.ringwall.gateway;

import dev.ringwall.wire.AnswerEncoder;
import dev.ringwall.wire.StrictRequestDecoder;

/// How one version of HTTP lays requests onto a channel: one after the other on a connection, or each on a stream of its own.
interface Framing {

    /// Since when a head has been arriving that is not whole yet; 0 when none is.
    long headSinceNanos();

    /// Whether the request that is answered next is a `HEAD`.
    void answersHead(boolean head);

    /// Whether another request may come on the same channel.
    boolean another();

    /// HTTP/1.1: a connection carries one request after the other.
    record OneByOne(StrictRequestDecoder decoder, AnswerEncoder encoder) implements Framing {
        @Override
        public long headSinceNanos() {
            return decoder.headSinceNanos();
        }

        @Override
        public void answersHead(boolean head) {
            encoder.answersHead(head);
        }

        @Override
        public boolean another() {
            return true;
        }
    }
}
