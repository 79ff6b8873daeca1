package dev.ringwall.limits;

import dev.ringwall.limits.Counted.Tally;
import dev.ringwall.model.Limit;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What has been used of every limit. It outlives configurations: a new bundle does not give anybody a fresh allowance, unless it changes
/// the limit.
public final class Counts {

    /// So often an address may fail to prove who it is.
    public static final long FAILURES_PER_MINUTE = 60;

    /// So often an address may call the identity provider.
    public static final long IDENTITY_PER_MINUTE = 300;

    private record Of(String owner, long count, Limit.Unit unit, Duration per, Limit.Key key) {}

    private final Map<Of, Tally> tallies = new ConcurrentHashMap<>();
    private final Gcra failures =
            new Gcra(FAILURES_PER_MINUTE, Duration.ofMinutes(1), Gcra.KEYS_MAX);
    private final Gcra identity =
            new Gcra(IDENTITY_PER_MINUTE, Duration.ofMinutes(1), Gcra.KEYS_MAX);
    private final SharedCounts shared;

    /// @param shared where nodes count together
    public Counts(SharedCounts shared) {
        this.shared = shared;
    }

    /// The counts of what an operation is limited to.
    public List<Counted> ofOperation(String operation, List<Limit> limits) {
        return limits.stream().map(limit -> counted(operation, limit)).toList();
    }

    /// The counts of the limits that holders of a role have, each by themselves or all together.
    public List<Counted> ofRole(String role, List<Limit> limits) {
        return limits.stream().map(limit -> counted("role-" + role, limit)).toList();
    }

    private Counted counted(String owner, Limit limit) {
        Of of = new Of(owner, limit.count(), limit.unit(), limit.per(), limit.key());
        return new Counted(limit, owner, tallies.computeIfAbsent(of, _ -> tally(owner, limit)));
    }

    private Tally tally(String owner, Limit limit) {
        return switch (limit.unit()) {
            case CALLS -> shared.calls(owner, limit);
            case BYTES -> shared.bytes(owner, limit);
            case AT_ONCE -> new Tallies.UnderWay(new AtOnce(limit.count()));
        };
    }

    /// Forgets limits that no plan has any more.
    public void keepOnly(Collection<Counted> inUse) {
        Set<Tally> kept = new HashSet<>();
        inUse.forEach(counted -> kept.add(counted.tally()));
        tallies.values().removeIf(tally -> !kept.contains(tally));
    }

    /// Failed proofs by address.
    public Gcra failures() {
        return failures;
    }

    /// Calls of the identity provider by address.
    public Gcra identity() {
        return identity;
    }
}
