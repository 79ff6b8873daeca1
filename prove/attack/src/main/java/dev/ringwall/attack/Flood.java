package dev.ringwall.attack;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Floods one connection while somebody else calls, and says how that ended.
final class Flood {

    /// So many rounds, unless the connection ends before.
    static final int ROUNDS_MAX = 20_000;

    /// So many bytes, or a little more, unless the connection ends before.
    static final long BYTES_MAX = 64 << 20;

    /// How long the connection may live.
    static final Duration TIME_MAX = Duration.ofSeconds(20);

    private static final int ROUNDS_AT_ONCE = 50;

    private Flood() {}

    /// Puts the frames of the `number`th round.
    @FunctionalInterface
    interface Round {
        Streams put(Streams streams, int number);
    }

    static Seen play(Scene scene, Call ordinary, Round round) throws IOException, NotPlayable {
        AtomicInteger rounds = new AtomicInteger();
        Streams streams = Streams.open(scene.door());
        Thread sender = Thread.ofVirtual().start(() -> send(streams, round, rounds));
        Optional<String> others;
        Optional<String> end;
        try (streams) {
            others = served(scene, ordinary);
            Thread.ofVirtual().start(() -> stepAsideAfter(sender, scene));
            end = streams.ended(TIME_MAX);
        }
        join(sender); // it ends with the connection
        if (others.isPresent()) {
            return new Seen.Yielded("meanwhile another caller was not served: " + others.get());
        }
        return end.<Seen>map(how ->
                        new Seen.Thwarted(how + " after " + rounds + " rounds, others served"))
                .orElseGet(() -> new Seen.Yielded(rounds + " rounds were taken"));
    }

    private static void send(Streams streams, Round round, AtomicInteger rounds) {
        try {
            long bytes = 0;
            while (rounds.get() < ROUNDS_MAX && bytes < BYTES_MAX) {
                for (int i = 0; i < ROUNDS_AT_ONCE; i++) {
                    round.put(streams, rounds.getAndIncrement());
                }
                bytes += streams.flush();
            }
        } catch (IOException ended) {
            // The other side has had enough, which the reader sees as well.
        }
    }

    /// Why somebody else is not served; empty when they are.
    static Optional<String> served(Scene scene, Call ordinary) {
        Road road = scene.stage().door().from(scene.stage().sources().fresh());
        try (Connection connection = road.open()) {
            connection.send(ordinary.bytes(road.host()));
            Reply reply = connection.receive(ordinary.method());
            return reply.status() >= 500 ? Optional.of(reply.excerpt()) : Optional.empty();
        } catch (IOException failed) {
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    private static void stepAsideAfter(Thread sender, Scene scene) {
        try {
            sender.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        scene.stepAside();
    }

    private static void join(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
