package dev.ringwall.attack;

import dev.ringwall.model.Limit;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One address that makes the door hold many bodies, each as large as one may be, of which it never sends the last byte. Some must be refused
/// before they are there, and whoever else calls must be served meanwhile.
final class HeldAttacks {

    /// The largest body that is held against a schema, less what is never sent.
    private static final int BODY_BYTES = (1 << 20) - 1;

    /// Together more than the 32 MiB that one address may have held.
    private static final int BODIES = 48;

    /// By then the door has said no, if it ever does.
    private static final Duration REFUSAL_MAX = Duration.ofSeconds(15);

    private HeldAttacks() {}

    /// On the first operation whose bodies are looked at, and whose limits are not in the way.
    static void derive(Derivation to, Call ordinary) {
        to.own().stream()
                .filter(operation -> Requests.WITH_BODY.contains(operation.route().method()))
                .filter(operation -> operation.shape().isPresent())
                .filter(HeldAttacks::wide)
                .flatMap(operation -> Reach.of(to, operation).stream())
                .findFirst()
                .ifPresent(reach ->
                        to.add(
                                reach.operation().name() + "/bodies-held",
                                Family.FLOODS,
                                "somebody begins "
                                        + BODIES
                                        + " large bodies for "
                                        + reach.operation().name()
                                        + " from one address, and ends none",
                                reach.operation().line(),
                                Expectation.stopped(Reason.LIMIT_REACHED),
                                scene -> play(scene, reach, ordinary)));
    }

    private static boolean wide(Operation operation) {
        return operation.limits().stream()
                .allMatch(limit -> limit.unit() == Limit.Unit.CALLS && limit.count() > BODIES);
    }

    private static Seen play(Scene scene, Reach reach, Call ordinary)
            throws IOException, NotPlayable {
        Call call = reach.call(scene, Accounts.HOLDING);
        String begun = call.body() + " ".repeat(BODY_BYTES - call.body().length());
        byte[] bytes =
                call.with("Content-Length", Integer.toString(BODY_BYTES + 1))
                        .withBody(begun)
                        .bytes(scene.door().host());
        scene.note(
                call.curl(scene.door().origin())
                        + "   # with blanks up to a MiB, without the last byte, "
                        + BODIES
                        + " at once");
        CountDownLatch first = new CountDownLatch(1);
        List<Connection> held = new ArrayList<>();
        try {
            for (int i = 0; i < BODIES && first.getCount() > 0; i++) {
                Connection connection = scene.door().open();
                held.add(connection);
                Thread.ofVirtual()
                        .start(() -> {
                            if (refused(connection, bytes, call.method())) {
                                first.countDown();
                            }
                        });
            }
            Optional<String> others = Flood.served(scene, ordinary);
            scene.stepAside();
            boolean stopped = first.await(REFUSAL_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (others.isPresent()) {
                return new Seen.Yielded("meanwhile another caller was not served: " + others.get());
            }
            return stopped
                    ? new Seen.Refused(Reason.LIMIT_REACHED)
                    : new Seen.Yielded(held.size() + " MiB were held for one address");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            held.forEach(Connection::close);
        }
    }

    /// Whether the body was refused because there is no room for it.
    private static boolean refused(Connection connection, byte[] bytes, String method) {
        try {
            connection.send(bytes);
        } catch (IOException closed) {
            // An answer may be there all the same.
        }
        try {
            return Scene.refusal(connection.receive(method))
                    .filter(Reason.LIMIT_REACHED::equals)
                    .isPresent();
        } catch (IOException gone) {
            return false;
        }
    }
}
