package dev.ringwall.control;

import dev.ringwall.keys.ClaimKeys;
import dev.ringwall.keys.SealedClaims;
import dev.ringwall.keys.Sealer;
import dev.ringwall.link.Messages;
import dev.ringwall.store.StoreFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Credentials of third parties, sealed at rest; and who has the newest of them. Thread-safe.
final class SecretStore {

    /// Who has not asked for this long is away and not waited for.
    private static final Duration ASKS_WITHIN = Duration.ofSeconds(10);

    private final ControlStore store;
    private final Sealer sealer;
    private final ClaimKeys claims;
    private final Map<Member, Asked> services = new HashMap<>();

    /// Begins with the time, so that a node which knew an earlier control plane does not seem to have what it lacks.
    private long number;

    private record Asked(long have, long nanos) {
        boolean lately() {
            return System.nanoTime() - nanos < ASKS_WITHIN.toNanos();
        }
    }

    SecretStore(ControlStore store, Keys keys, InstantSource clock) {
        this.claims = keys.pairwise().claims();
        this.store = store;
        this.sealer = keys.sealer();
        this.number = clock.millis();
    }

    void keep(String name, String value) throws IOException {
        try {
            store.putSecret(name, sealer.seal(value.getBytes(StandardCharsets.UTF_8)));
        } catch (StoreFailure disk) {
            throw new IOException(disk);
        }
        synchronized (this) {
            number++;
        }
    }

    /// Waits until every service that asks at all uses what is kept now, at most that long; returns whether they do.
    synchronized boolean awaitInUse(Duration atMost) throws InterruptedException {
        long wanted = number;
        long deadline = System.nanoTime() + atMost.toNanos();
        while (services.values().stream().anyMatch(one -> one.lately() && one.have() < wanted)) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }

    /// What a gateway gets: those of the names, and what it opens claims with. No other node gets that: a sidecar is told who calls.
    Messages.Secrets handOutToGateway(Member gateway, long have, List<String> names) {
        Messages.Secrets kept = handOut(gateway, have, names);
        Map<String, String> all = new HashMap<>(kept.values());
        all.put(SealedClaims.SECRET, claims.dangerousJwks());
        return new Messages.Secrets(kept.number(), all);
    }

    /// Those of the names that are kept, opened, for a service.
    ///
    /// @param have the number of those that it uses
    Messages.Secrets handOut(Member service, long have, List<String> names) {
        long current;
        synchronized (this) {
            services.put(service, new Asked(have, System.nanoTime()));
            current = number;
            notifyAll();
        }
        Map<String, String> opened = new HashMap<>();
        Map<String, String> sealed = store.secrets();
        for (String name : names) {
            String one = sealed.get(name);
            if (one != null) {
                byte[] bytes =
                        sealer.open(one)
                                .orElseThrow(() ->
                                        new IllegalStateException(
                                                "the secret " + name + " cannot be opened"));
                opened.put(name, new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return new Messages.Secrets(current, opened);
    }

    /// The value of one, opened.
    Optional<String> opened(String name) {
        return Optional.ofNullable(store.secrets().get(name))
                .flatMap(sealer::open)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    List<String> names() {
        return store.secretNames();
    }
}
