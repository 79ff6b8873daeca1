package dev.ringwall.control;

import dev.ringwall.events.Ids;
import dev.ringwall.link.Messages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What gateways show at their doors where another authority certifies the public name: handed to gateways alone, and a place to wait
/// until all of them have it. Thread-safe.
final class DoorHandout {

    private static final String GATEWAY = "gateway";

    /// Who has not asked for so long is away and not waited for.
    private static final Duration ASKS_WITHIN =
            Duration.ofSeconds(Messages.NEWS_WAIT_SECONDS).plusSeconds(5);

    /// So many gateways are told apart.
    private static final int GATEWAYS_MAX = 1_000;

    private Messages.Door current;
    private boolean closed;
    private final Map<String, Asked> gateways = new HashMap<>();

    private record Asked(long have, long nanos) {
        boolean lately() {
            return System.nanoTime() - nanos < ASKS_WITHIN.toNanos();
        }
    }

    /// Begins with the time, so that a gateway which knew an earlier control plane does not seem to have what it lacks.
    DoorHandout(InstantSource clock) {
        this.current = new Messages.Door(clock.millis(), null, Map.of(), null);
    }

    Exchange.Handler handler() {
        return exchange -> {
            if (exchange.peer().filter(GATEWAY::equals).isEmpty()) {
                return Exchange.forbidden("this needs the certificate of a gateway of this system");
            }
            String gateway = exchange.query().get(GATEWAY);
            if (gateway == null || !Ids.wellFormed(gateway)) {
                return Exchange.unusable("no gateway (expected: the id that it made for itself)");
            }
            return Exchange.done(
                    awaitOther(
                            gateway,
                            exchange.number("have", 0),
                            Duration.ofSeconds(Messages.NEWS_WAIT_SECONDS)));
        };
    }

    private synchronized Messages.Door awaitOther(String gateway, long have, Duration atMost)
            throws InterruptedException {
        gateways.values().removeIf(one -> !one.lately());
        if (gateways.size() < GATEWAYS_MAX) {
            gateways.put(gateway, new Asked(have, System.nanoTime()));
        }
        notifyAll();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (current.number() == have && !closed) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                break;
            }
            wait(leftMillis);
        }
        return current;
    }

    /// From now on this certificate; none where there is none.
    synchronized void show(Optional<Messages.KeyPair> shown) {
        change(shown.orElse(null), current.proofs(), current.lacking());
    }

    /// From now on this is wrong; nothing where nothing is.
    synchronized void say(Optional<String> lacking) {
        change(current.shown(), current.proofs(), lacking.orElse(null));
    }

    /// Shows an authority that asks what proves that names are ours, and waits until every gateway that is there has it, at most that long.
    synchronized void prove(Map<String, Messages.KeyPair> proofs, Duration atMost)
            throws InterruptedException {
        change(current.shown(), proofs, current.lacking());
        long wanted = current.number();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!closed
                && (gateways.isEmpty()
                        || gateways.values().stream()
                                .anyMatch(one -> one.lately() && one.have() < wanted))) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return;
            }
            wait(leftMillis);
        }
    }

    /// There is nothing to prove any more.
    synchronized void provedAll() {
        change(current.shown(), Map.of(), current.lacking());
    }

    private void change(
            Messages.@Nullable KeyPair shown,
            Map<String, Messages.KeyPair> proofs,
            @Nullable String lacking) {
        Messages.Door next = new Messages.Door(current.number(), shown, proofs, lacking);
        if (!next.equals(current)) {
            current = new Messages.Door(current.number() + 1, shown, proofs, lacking);
            notifyAll();
        }
    }

    /// Lets everybody who waits go.
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
