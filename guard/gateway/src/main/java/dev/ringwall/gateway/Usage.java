package dev.ringwall.gateway;

import dev.ringwall.limits.Counted;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What one request uses up while it lasts: its place among those under way, and the bytes that flow for it. Lives on its connection's event
/// loop; what rings add is added before that goes on.
final class Usage {

    private final InstantSource clock;
    private List<Use> places = List.of();
    private List<Use> byteCounts = List.of();

    private record Use(Counted counted, long key) {}

    Usage(InstantSource clock) {
        this.clock = clock;
    }

    /// A limit let the request on.
    void granted(Counted counted, long key) {
        switch (counted.limit().unit()) {
            case CALLS -> {}
            case AT_ONCE -> places = with(places, new Use(counted, key));
            case BYTES -> byteCounts = with(byteCounts, new Use(counted, key));
        }
    }

    /// A part of a body has come or gone.
    void carried(int bytes) {
        if (bytes > 0 && !byteCounts.isEmpty()) {
            long now = LimitRing.nanos(clock.instant());
            byteCounts.forEach(use -> use.counted().charge(use.key(), bytes, now));
        }
    }

    /// The request has ended; that may be said more than once.
    void end() {
        if (!places.isEmpty()) {
            List<Use> taken = places;
            places = List.of();
            taken.forEach(use -> use.counted().leave(use.key()));
        }
    }

    private static List<Use> with(List<Use> uses, Use another) {
        List<Use> more = new ArrayList<>(uses);
        more.add(another);
        return List.copyOf(more);
    }
}
