package dev.ringwall.admin;

import dev.ringwall.events.Actor;
import dev.ringwall.limits.CountKey;
import dev.ringwall.limits.Gcra;
import dev.ringwall.limits.Turn;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Limit;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Counts the operations that come within another against their own limits, and those of the caller's roles. The rings count single requests;
/// here is counted what they do not see. What is limited in bytes or at once is so for the request as a whole.
final class BulkLimits {

    private static final long NANOS = 1_000_000_000L;

    private record Of(String owner, long count, Duration per, Limit.Key key) {}

    private final Supplier<Blueprint> blueprint;
    private final InstantSource clock;
    private final Map<Of, Gcra> counts = new ConcurrentHashMap<>();

    BulkLimits(Supplier<Blueprint> blueprint, InstantSource clock) {
        this.blueprint = blueprint;
        this.clock = clock;
    }

    /// Takes one call of that operation, and refuses where none is left.
    void take(Actor by, Set<String> roles, String verb) {
        Blueprint now = blueprint.get();
        OperationName name = new OperationName(Service.BUILT_IN, verb);
        now.operation(name)
                .ifPresent(operation ->
                        operation
                                .limits()
                                .forEach(limit -> take(limit, name.toString(), by, roles)));
        for (String each : roles) {
            Role role = now.declaration().roles().get(each);
            if (role != null) {
                role.limits().forEach(limit -> take(limit, "role-" + each, by, Set.of()));
            }
        }
    }

    private void take(Limit limit, String owner, Actor by, Set<String> roles) {
        if (limit.unit() != Limit.Unit.CALLS) {
            return;
        }
        switch (limit.key()) {
            case OPERATION -> take(limit, owner, CountKey.ALL);
            case ADDRESS -> take(limit, owner, address(by.address()));
            case CALLER -> take(limit, owner, CountKey.of(by.kind() + " " + by.id()));
            case ROLE -> {
                if (roles.isEmpty()) {
                    take(limit, owner, CountKey.ALL);
                }
                roles.forEach(role -> take(limit, owner, CountKey.of(role)));
            }
        }
    }

    private static long address(String text) {
        try {
            return CountKey.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notOne) {
            return CountKey.of(text);
        }
    }

    private void take(Limit limit, String owner, long key) {
        Gcra count =
                counts.computeIfAbsent(
                        new Of(owner, limit.count(), limit.per(), limit.key()),
                        of -> new Gcra(of.count(), of.per(), Gcra.KEYS_MAX));
        Instant now = clock.instant();
        if (count.take(key, now.getEpochSecond() * NANOS + now.getNano())
                instanceof Turn.Refused(long retryNanos)) {
            throw Refused.by(
                    Reason.LIMIT_REACHED,
                    limit + " is used up; more in " + Math.ceilDiv(retryNanos, NANOS) + " s");
        }
    }
}
