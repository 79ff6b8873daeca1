package dev.ringwall.attack;

import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How many connections each address holds at one tiny listener.
final class TinyCrowd {

    private final Map<InetAddress, Integer> held = new ConcurrentHashMap<>();
    private final boolean careless;

    TinyCrowd(Set<Weakness> weaknesses) {
        this.careless = weaknesses.contains(Weakness.CONNECTIONS_UNCOUNTED);
    }

    /// One more; whether it may be. It is counted until it leaves, also when it may not.
    boolean enter(InetAddress address) {
        return held.merge(address, 1, Integer::sum) <= TinyBlueprint.CONNECTIONS_MAX || careless;
    }

    void leave(InetAddress address) {
        held.merge(address, -1, Integer::sum);
    }
}
