package dev.ringwall.gateway;

import dev.ringwall.model.Limit;
import dev.ringwall.model.OperationName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What has been used of every limit. It outlives configurations: a new bundle does not give anybody a fresh allowance, unless it changes
/// the limit.
final class LimitCounts {

    /// So often an address may fail to prove who it is.
    static final long FAILURES_PER_MINUTE = 60;

    /// So often an address may call the identity provider.
    static final long IDENTITY_PER_MINUTE = 300;

    private record Of(String owner, long count, Duration per, Limit.Key key) {}

    private final Map<Of, Gcra> counts = new ConcurrentHashMap<>();
    private final Gcra failures =
            new Gcra(FAILURES_PER_MINUTE, Duration.ofMinutes(1), Gcra.KEYS_MAX);
    private final Gcra identity =
            new Gcra(IDENTITY_PER_MINUTE, Duration.ofMinutes(1), Gcra.KEYS_MAX);

    /// The counts of an operation's limits.
    List<OperationPlan.Counted> of(OperationName operation, List<Limit> limits) {
        return limits.stream().map(limit -> counted(operation.toString(), limit)).toList();
    }

    /// The counts of the limits that holders of a role have, each by themselves.
    List<OperationPlan.Counted> ofRole(String role, List<Limit> limits) {
        return limits.stream().map(limit -> counted("role " + role, limit)).toList();
    }

    private OperationPlan.Counted counted(String owner, Limit limit) {
        Of of = new Of(owner, limit.count(), limit.per(), limit.key());
        Gcra gcra = counts.computeIfAbsent(of, _ -> new Gcra(limit));
        return new OperationPlan.Counted(limit, owner.replace("role ", "role-"), gcra);
    }

    /// Forgets limits that no plan has any more.
    void keepOnly(Set<Gcra> inUse) {
        counts.values().removeIf(gcra -> !inUse.contains(gcra));
    }

    Gcra failures() {
        return failures;
    }

    Gcra identity() {
        return identity;
    }
}
