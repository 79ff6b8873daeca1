package dev.ringwall.limits;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One call counted against a limit, with few callers and with as many as are counted by themselves.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LimitBench {

    private static final long PLENTY = 1_000_000_000;

    /// How many callers there are.
    @Param({"10", "1000000"})
    public int callers;

    private final Gcra wide = new Gcra(PLENTY, Duration.ofSeconds(1), Gcra.KEYS_MAX);
    private final Gcra narrow = new Gcra(1, Duration.ofDays(1), Gcra.KEYS_MAX);
    private String[] keys;
    private int next;

    @Setup
    public void callOnce() {
        keys = new String[callers];
        for (int i = 0; i < callers; i++) {
            keys[i] = "caller " + i;
            wide.take(CountKey.of(keys[i]), System.nanoTime());
            narrow.take(CountKey.of(keys[i]), System.nanoTime());
        }
        if (!(granted() instanceof Turn.Granted) || !(refused() instanceof Turn.Refused)) {
            throw new IllegalStateException("it does not measure what it says");
        }
    }

    @Benchmark
    public Object granted() {
        return wide.take(key(), System.nanoTime());
    }

    @Benchmark
    public Object refused() {
        return narrow.take(key(), System.nanoTime());
    }

    private long key() {
        next = next + 1 == callers ? 0 : next + 1;
        return CountKey.of(keys[next]);
    }
}
