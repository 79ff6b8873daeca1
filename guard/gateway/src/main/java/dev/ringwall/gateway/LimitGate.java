package dev.ringwall.gateway;

import dev.ringwall.events.Actor;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.model.Role;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Holds calls against the declared limits. It looks twice: before the caller is known, at what is counted by address or for the whole
/// operation, and afterwards at what is counted by caller, that of the caller's roles included.
final class LimitGate implements Gate.Prompt {

    /// How often one address may speak to the identity provider.
    static final Limit IDENTITY =
            new Limit(
                    600,
                    Duration.ofMinutes(1),
                    Limit.Key.ADDRESS,
                    dev.ringwall.model.Line.BUILT_IN);

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MILLIS_PER_SECOND = 1_000;

    private final Limiter limiter;
    private final InstantSource clock;
    private final Set<Limit.Key> keys;

    private LimitGate(Limiter limiter, InstantSource clock, Set<Limit.Key> keys) {
        this.limiter = limiter;
        this.clock = clock;
        this.keys = keys;
    }

    static LimitGate beforeCaller(Limiter limiter, InstantSource clock) {
        return new LimitGate(limiter, clock, Set.of(Limit.Key.ADDRESS, Limit.Key.OPERATION));
    }

    static LimitGate ofCaller(Limiter limiter, InstantSource clock) {
        return new LimitGate(limiter, clock, Set.of(Limit.Key.CALLER));
    }

    /// At a sidecar everything is counted once the peer's word about the caller is proved: the connection's own address is a node's.
    static LimitGate atSidecar(Limiter limiter, InstantSource clock) {
        return new LimitGate(limiter, clock, Set.of(Limit.Key.values()));
    }

    @Override
    public Ring ring() {
        return Ring.LIMIT;
    }

    @Override
    public Optional<Refusal> look(Transit call) {
        if (call.isToIdentity()) {
            return keys.contains(Limit.Key.ADDRESS)
                    ? take(call, "auth", IDENTITY)
                    : Optional.empty();
        }
        Operation operation = call.operation().orElseThrow();
        for (Limit limit : operation.limits()) {
            if (keys.contains(limit.key())) {
                Optional<Refusal> refused = take(call, operation.name().toString(), limit);
                if (refused.isPresent()) {
                    return refused;
                }
            }
        }
        return keys.contains(Limit.Key.CALLER) ? ofRoles(call) : Optional.empty();
    }

    private Optional<Refusal> ofRoles(Transit call) {
        if (call.caller().kind() == Actor.Kind.SERVICE) {
            return Optional.empty();
        }
        for (String name : call.caller().roles()) {
            Role role = call.snapshot().blueprint().declaration().roles().get(name);
            for (Limit limit : role == null ? List.<Limit>of() : role.limits()) {
                Optional<Refusal> refused = take(call, "role " + name, limit);
                if (refused.isPresent()) {
                    return refused;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> take(Transit call, String what, Limit limit) {
        String whose =
                switch (limit.key()) {
                    case ADDRESS -> call.caller().address();
                    case CALLER -> call.caller().kind().word() + " " + callerId(call);
                    case OPERATION -> "";
                };
        String key = what + "|" + limit + "|" + whose;
        long now = clock.millis() * NANOS_PER_MILLI;
        Limiter.Count count = limiter.take(key, limit.count(), limit.per().toNanos(), now);
        if (count.passed()) {
            return Optional.empty();
        }
        return Optional.of(refusal(limit, count));
    }

    /// The refusal that a full count leads to (RFC 6585 §4, draft-ietf-httpapi-ratelimit-headers).
    static Refusal refusal(Limit limit, Limiter.Count count) {
        long seconds = Math.max(1, Math.ceilDiv(count.waitMillis(), MILLIS_PER_SECOND));
        return new Refusal(
                Reason.LIMIT_REACHED,
                List.of(limit.line()),
                limit.toString(),
                Map.of(
                        "Retry-After", Long.toString(seconds),
                        "RateLimit-Policy",
                                "\"declared\";q=" + limit.count() + ";w=" + limit.per().toSeconds(),
                        "RateLimit", "\"declared\";r=0;t=" + seconds));
    }

    private static String callerId(Transit call) {
        return call.caller().kind() == Actor.Kind.STRANGER ? call.address() : call.caller().id();
    }
}
