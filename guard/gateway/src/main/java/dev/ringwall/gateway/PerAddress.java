package dev.ringwall.gateway;

import dev.ringwall.limits.CountKey;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How many connections each address holds at a door, so that one alone does not hold them all. A site of IPv6 (/64) is one address. Not
/// more entries than connections; any thread may use it.
final class PerAddress {

    private final Map<Long, Integer> held = new ConcurrentHashMap<>();

    /// One more; returns whether it may be.
    boolean enter(InetAddress address, int most) {
        boolean[] entered = {true};
        held.compute(
                CountKey.of(address),
                (_, now) -> {
                    int before = now == null ? 0 : now;
                    entered[0] = before < most;
                    return entered[0] ? Integer.valueOf(before + 1) : now;
                });
        return entered[0];
    }

    /// One that had entered is gone.
    void leave(InetAddress address) {
        held.computeIfPresent(CountKey.of(address), (_, now) -> now <= 1 ? null : now - 1);
    }

    /// How many addresses hold any.
    int size() {
        return held.size();
    }
}
