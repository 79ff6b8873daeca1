package dev.ringwall.limits;

import dev.ringwall.limits.Counted.Tally;
import dev.ringwall.model.Limit;
import io.netty.bootstrap.Bootstrap;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where nodes count together, if anywhere: a Redis or Valkey. Thread-safe.
public final class SharedCounts implements AutoCloseable {

    /// As long as nobody has said how many nodes count along, so many are supposed.
    static final int NODES_UNKNOWN = 10;

    private final Supplier<Bootstrap> bootstrap;
    private final Supplier<Optional<char[]>> password;
    private final InstantSource clock;
    private final String system;
    private volatile @Nullable RedisLink link;

    /// @param system    names of different systems do not meet
    /// @param bootstrap how to open a connection: event loop and kind of channel
    /// @param password  what to show to the Redis, if anything; asked at each connection
    public SharedCounts(
            String system,
            Supplier<Bootstrap> bootstrap,
            Supplier<Optional<char[]>> password,
            InstantSource clock) {
        this.system = system;
        this.bootstrap = bootstrap;
        this.password = password;
        this.clock = clock;
    }

    /// From now on nodes count together there: `redis://host:port`, or `rediss://` over TLS; empty where each counts by itself.
    public synchronized void at(Optional<URI> where) {
        RedisLink before = link;
        if (before != null && where.equals(Optional.of(before.where()))) {
            return;
        }
        link =
                where.map(uri ->
                                new RedisLink(
                                        uri,
                                        "ringwall:" + system + ":nodes",
                                        bootstrap,
                                        password,
                                        clock))
                        .orElse(null);
        if (before != null) {
            before.close();
        }
        RedisLink now = link;
        if (now != null) {
            now.open();
        }
    }

    /// What became of the connection; empty where there is none to be made.
    public Optional<Boolean> reached() {
        return Optional.ofNullable(link).map(RedisLink::up);
    }

    @Nullable RedisLink link() {
        return link;
    }

    /// What all nodes together know of the use of something.
    public enum Use {
        /// Nobody had used it.
        FIRST,
        /// Somebody had.
        AGAIN,
        /// They cannot say: the Redis is away, or was within the time that counts and may have forgotten.
        UNKNOWN
    }

    /// Whether nodes are to know together what was used.
    public boolean together() {
        return link != null;
    }

    /// Uses something up for all nodes together.
    ///
    /// @param what   what nobody can choose to collide: a hash
    /// @param within for how long it may not be used again
    public CompletionStage<Use> use(String what, Duration within) {
        RedisLink now = link;
        long sinceUp =
                now == null
                        ? 0
                        : TimeUnit.MILLISECONDS.toNanos(clock.millis()) - now.upSinceNanos();
        if (now == null || !now.up() || sinceUp < within.toNanos()) {
            return CompletableFuture.completedStage(Use.UNKNOWN);
        }
        return now.once("ringwall:" + system + ":used:" + what, within)
                .handle((first, _) -> first == null ? Use.UNKNOWN : first ? Use.FIRST : Use.AGAIN);
    }

    Tally calls(String owner, Limit limit) {
        return new Together(this, name(owner, limit), limit, true);
    }

    Tally bytes(String owner, Limit limit) {
        return new Together(this, name(owner, limit), limit, false);
    }

    private String name(String owner, Limit limit) {
        return "ringwall:%s:limit:%s:%d:%s:%d:%s:"
                .formatted(
                        system,
                        owner,
                        limit.count(),
                        limit.unit(),
                        limit.per().toSeconds(),
                        limit.key().word());
    }

    @Override
    public synchronized void close() {
        at(Optional.empty());
    }
}
