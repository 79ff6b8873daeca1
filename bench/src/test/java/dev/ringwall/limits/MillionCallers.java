package dev.ringwall.limits;

import java.time.Duration;

/// A limit that counts very many callers by themselves.
public final class MillionCallers {

    private MillionCallers() {}

    /// Counts a call of each.
    ///
    /// @return what holds the counts
    public static Object counted(int callers) {
        Gcra limit = new Gcra(10, Duration.ofHours(1), Gcra.KEYS_MAX);
        long now = System.nanoTime();
        for (int i = 0; i < callers; i++) {
            limit.take(CountKey.of("caller " + i), now);
        }
        return limit;
    }
}
