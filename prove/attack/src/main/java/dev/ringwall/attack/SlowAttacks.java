package dev.ringwall.attack;

import dev.ringwall.model.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Callers who hold connections by being slow. They must be sent away, and whoever else calls must be served meanwhile.
final class SlowAttacks {

    /// So many connections are held.
    static final int CONNECTIONS = 20;

    /// No longer than this may a body pause.
    private static final Duration PAUSE_MAX = Duration.ofSeconds(50);

    private static final Duration PACE = Duration.ofMillis(500);

    private SlowAttacks() {}

    /// What is sent at once, and what follows at that pace without end.
    private record Trickle(boolean tls, String first, String more, Duration patience) {}

    static void derive(Derivation to) {
        Call ordinary = FloodAttacks.ordinary(to);
        String line = "POST " + ordinary.target() + " HTTP/1.1\r\nHost: HOST\r\n";
        add(
                to,
                ordinary,
                "slow-hello",
                "opens connections and says nothing",
                new Trickle(false, "", "", Duration.ofSeconds(25)));
        add(
                to,
                ordinary,
                "slow-head",
                "sends heads a byte at a time (Slowloris)",
                new Trickle(true, line + "X-Note: ", "a", Duration.ofSeconds(25)));
        add(
                to,
                ordinary,
                "slow-body",
                "begins bodies and does not go on",
                new Trickle(
                        true, line + "Content-Length: 100\r\n\r\n", "", Duration.ofSeconds(50)));
        bodies(to);
    }

    /// Where the body must come before anything is decided about it, its pauses are what it can hold somebody with.
    private static void bodies(Derivation to) {
        to.own().stream()
                .filter(operation -> operation.route().method().equals("POST"))
                .flatMap(operation -> Reach.of(to, operation).stream())
                .findFirst()
                .ifPresent(reach ->
                        to.add(
                                reach.operation().name() + "/body-too-slow",
                                Family.SLOW,
                                "somebody who may call "
                                        + reach.operation().name()
                                        + " begins its body and does not go on",
                                reach.operation().line(),
                                Expectation.stopped(Reason.TOO_SLOW),
                                scene -> paused(scene, reach)));
    }

    private static Seen paused(Scene scene, Reach reach) throws IOException, NotPlayable {
        Call call = reach.call(scene).with("Content-Length", "100").withBody("{");
        scene.note(call.curl(scene.door().origin()) + "   # and waits");
        Road road = scene.door();
        try (Connection connection = road.open()) {
            connection.send(call.bytes(road.host()));
            scene.stepAside();
            connection.patience(PAUSE_MAX);
            return Scene.seen(connection.receive(call.method()));
        } catch (SocketTimeoutException held) {
            return new Seen.Yielded("it was held for " + PAUSE_MAX.toSeconds() + " s");
        } catch (IOException ended) {
            return Scene.seen(ended);
        }
    }

    private static void add(
            Derivation to, Call ordinary, String name, String how, Trickle trickle) {
        to.add(
                "gateway/" + name,
                Family.SLOW,
                "somebody " + how,
                to.blueprint().declaration().line(),
                Expectation.stopped(),
                scene -> {
                    scene.note(
                            CONNECTIONS + " connections to " + scene.door().host() + "   # " + how);
                    return play(scene, ordinary, trickle);
                });
    }

    private static Seen play(Scene scene, Call ordinary, Trickle trickle) throws IOException {
        Road road = trickle.tls() ? scene.door() : scene.door().greeting(Optional.empty());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> held = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                held.add(threads.submit(() -> outlasts(road, trickle)));
            }
            Optional<String> others = Flood.served(scene, ordinary);
            scene.stepAside();
            int left = 0;
            for (Future<Boolean> one : held) {
                left += one.get() ? 1 : 0;
            }
            if (others.isPresent()) {
                return new Seen.Yielded("meanwhile another caller was not served: " + others.get());
            }
            return left == 0
                    ? new Seen.Thwarted("all were sent away, others served")
                    : new Seen.Yielded(
                            left
                                    + " of "
                                    + CONNECTIONS
                                    + " were held for "
                                    + trickle.patience().toSeconds()
                                    + " s");
        } catch (ExecutionException broken) {
            throw new IOException("the connections broke off: " + broken.getCause(), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /// Whether the connection is still open when the patience is over.
    private static boolean outlasts(Road road, Trickle trickle) throws IOException {
        try (Connection connection = road.open()) {
            connection.send(bytes(trickle.first().replace("HOST", road.host())));
            return outlasts(connection, trickle);
        }
    }

    private static boolean outlasts(Connection connection, Trickle trickle) throws IOException {
        connection.patience(PACE);
        long end = System.nanoTime() + trickle.patience().toNanos();
        while (System.nanoTime() < end) {
            try {
                connection.exactly(1);
            } catch (SocketTimeoutException stillOpen) {
                if (!sent(connection, trickle.more())) {
                    return false;
                }
            } catch (IOException sentAway) {
                return false;
            }
        }
        return true;
    }

    private static boolean sent(Connection connection, String more) {
        try {
            connection.send(bytes(more));
            return true;
        } catch (IOException sentAway) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
