package dev.ringwall.limits;

import dev.ringwall.limits.Counted.Tally;
import dev.ringwall.model.Limit;
import org.jspecify.annotations.Nullable;

/// One limit that all nodes count together, where that is possible.
///
/// While the Redis is away each node grants its share of what comes back with time, and nothing of what others may have used before: all
/// together never more than the limit. The same is asked for besides for one period after the Redis came back, for it does not know what was used
/// in the meantime.
final class Together implements Tally {

    private final SharedCounts shared;
    private final String name;
    private final boolean calls;
    private final long periodNanos;
    private final double microsEach;
    private final Gcra own;
    private @Nullable RedisLink settledFor;
    private long settledOutage = Long.MIN_VALUE;

    Together(SharedCounts shared, String name, Limit limit, boolean calls) {
        this.shared = shared;
        this.name = name;
        this.calls = calls;
        this.periodNanos = limit.per().toNanos();
        this.microsEach = periodNanos / 1e3 / limit.count();
        this.own = new Gcra(limit.count(), limit.per(), Gcra.KEYS_MAX);
    }

    @Override
    public Turn take(long key, long nowNanos) {
        RedisLink link = shared.link();
        if (link == null) {
            return calls ? own.take(key, nowNanos) : own.look(key, nowNanos);
        }
        noteOutage(link);
        if (!link.up()) {
            return share(link, key, nowNanos);
        }
        boolean settling = nowNanos - link.upSinceNanos() < periodNanos && link.hadOutage();
        if (settling && share(link, key, nowNanos) instanceof Turn.Refused refused) {
            return refused;
        }
        return new Turn.Asked(
                link.take(name + Long.toHexString(key), periodNanos / 1e3, calls ? microsEach : 0)
                        .handle((told, _) ->
                                told == null ? lost(link, key, nowNanos) : turn(told)));
    }

    @Override
    public void charge(long key, long bytes, long nowNanos) {
        RedisLink link = shared.link();
        if (link == null) {
            own.charge(key, bytes, nowNanos);
            return;
        }
        noteOutage(link);
        if (link.up()) {
            link.charge(name + Long.toHexString(key), bytes * microsEach);
        }
        if (!link.up() || link.hadOutage()) {
            own.charge(key, bytes * link.nodes(), nowNanos);
        }
    }

    private Turn turn(RedisLink.Told told) {
        long nanos = told.micros() * 1_000;
        return told.granted()
                ? new Turn.Granted(
                        (long) (Math.max(0, periodNanos - nanos) / 1e3 / microsEach), nanos)
                : new Turn.Refused(Math.max(1, nanos));
    }

    private Turn lost(RedisLink link, long key, long nowNanos) {
        noteOutage(link);
        return share(link, key, nowNanos);
    }

    private Turn share(RedisLink link, long key, long nowNanos) {
        if (!link.up()) {
            link.noteShareUsed();
        }
        return calls ? own.take(key, link.nodes(), nowNanos) : own.look(key, nowNanos);
    }

    private synchronized void noteOutage(RedisLink link) {
        long outage = link.outageNanos();
        if (link.hadOutage() && (settledFor != link || settledOutage != outage)) {
            settledFor = link;
            settledOutage = outage;
            own.nobodyHasAnything(outage);
        }
    }
}
