package dev.ringwall.attack;

import dev.ringwall.model.Line;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// One address that holds more connections than one may, and says nothing on any of them. Those beyond must be closed, and whoever else
/// calls must be served meanwhile.
final class CrowdAttacks {

    /// So many more than one address may hold.
    private static final int BEYOND = 20;

    /// More than these are not held open here.
    private static final int HELD_MAX = 5_000;

    /// By then the door has seen them all.
    private static final Duration SETTLING_MAX = Duration.ofSeconds(4);

    /// Whoever says nothing for as long is sent away for that, which shows nothing about how many there are.
    private static final Duration ALL_MAX = Duration.ofSeconds(8);

    private static final Duration PACE = Duration.ofMillis(20);

    private CrowdAttacks() {}

    static void derive(Derivation to, Call ordinary, Line line) {
        int most = to.blueprint().declaration().door().connectionsPerAddress();
        to.add(
                "gateway/connections-flood",
                Family.FLOODS,
                "somebody holds more connections from one address than one may, and says nothing",
                line,
                Expectation.stopped(),
                scene -> {
                    scene.note(
                            (most + BEYOND)
                                    + " connections to "
                                    + scene.door().host()
                                    + " from one address");
                    if (most > HELD_MAX) {
                        throw new NotPlayable("more than " + HELD_MAX + " are not held open");
                    }
                    if (scene.stage().sources().fresh().isEmpty()) {
                        throw new NotPlayable(
                                "this machine has one address only, so nobody else could call meanwhile");
                    }
                    return play(scene, ordinary, most);
                });
    }

    private static Seen play(Scene scene, Call ordinary, int most) throws IOException, NotPlayable {
        Road road = scene.door().greeting(Optional.empty());
        AtomicInteger open = new AtomicInteger();
        List<Connection> all = new ArrayList<>();
        long begun = System.nanoTime();
        try {
            for (int i = 0; i < most + BEYOND; i++) {
                Connection connection = road.open();
                all.add(connection);
                open.incrementAndGet();
                Thread.ofVirtual().start(() -> watch(connection, open));
            }
            Optional<String> others = Flood.served(scene, ordinary);
            scene.stepAside();
            long until = System.nanoTime() + SETTLING_MAX.toNanos();
            while (open.get() > most && System.nanoTime() < until) {
                Scene.sleep(PACE);
            }
            int left = open.get();
            if (others.isPresent()) {
                return new Seen.Yielded("meanwhile another caller was not served: " + others.get());
            }
            if (left > most) {
                return new Seen.Yielded(left + " were held at once, " + most + " may be");
            }
            if (System.nanoTime() - begun > ALL_MAX.toNanos()) {
                throw new NotPlayable("this machine is too slow to hold so many at once");
            }
            return new Seen.Thwarted(
                    (most + BEYOND - left) + " beyond " + most + " were closed, others served");
        } finally {
            all.forEach(Connection::close);
        }
    }

    private static void watch(Connection connection, AtomicInteger open) {
        try {
            connection.exactly(1);
        } catch (IOException closed) {
            // which is what is counted
        }
        open.decrementAndGet();
    }
}
