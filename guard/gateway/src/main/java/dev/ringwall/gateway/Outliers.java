package dev.ringwall.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The next hops that have failed again and again. They are asked last, for a while that grows each time; one good answer and all is
/// forgiven. Where all have failed, all are asked: it never makes a service less reachable than it is. Any thread may use it.
final class Outliers {

    /// So many failures in a row make an outlier.
    static final int FAILURES_MAX = 3;

    /// How long it is asked last the first time.
    static final Duration FIRST = Duration.ofSeconds(5);

    /// The longest that it is.
    static final Duration LONGEST = Duration.ofSeconds(60);

    /// So many next hops are remembered; of more, those that would be remembered are not.
    static final int REMEMBERED_MAX = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Outliers.class);

    private final Map<Place, Past> failing = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    Outliers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Place(String host, int port) {
        static Place of(Way way) {
            return new Place(way.host(), way.port());
        }
    }

    /// @param lastNanos when it was last made an outlier
    /// @param pause     for how long; zero when it is none yet
    private record Past(int failures, long lastNanos, Duration pause) {}

    /// It could not be reached, or did not answer.
    void failed(Way way) {
        Place place = Place.of(way);
        if (failing.size() >= REMEMBERED_MAX && !failing.containsKey(place)) {
            return;
        }
        failing.compute(
                place,
                (_, before) -> {
                    int failures = before == null ? 1 : before.failures() + 1;
                    Duration pause = before == null ? Duration.ZERO : before.pause();
                    if (failures < FAILURES_MAX) {
                        return new Past(failures, 0, pause);
                    }
                    Duration next = pause.isZero() ? FIRST : pause.multipliedBy(2);
                    next = next.compareTo(LONGEST) > 0 ? LONGEST : next;
                    LOG.atWarn()
                            .addKeyValue("host", place.host())
                            .addKeyValue("port", place.port())
                            .addKeyValue("seconds", next.toSeconds())
                            .log("a next hop fails again and again and is asked last for a while");
                    return new Past(0, nanos.getAsLong(), next);
                });
    }

    /// It answered.
    void good(Way way) {
        if (!failing.isEmpty()) {
            failing.remove(Place.of(way));
        }
    }

    /// The same ways, outliers last.
    List<Way> ordered(List<Way> ways) {
        if (failing.isEmpty() || ways.size() < 2) {
            return ways;
        }
        List<Way> first = new ArrayList<>(ways.size());
        List<Way> last = new ArrayList<>(1);
        ways.forEach(way -> (isOut(way) ? last : first).add(way));
        first.addAll(last);
        return first;
    }

    private boolean isOut(Way way) {
        Past past = failing.get(Place.of(way));
        return past != null
                && !past.pause().isZero()
                && nanos.getAsLong() - past.lastNanos() < past.pause().toNanos();
    }
}
