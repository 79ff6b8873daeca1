package dev.ringwall.gateway;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The next hops that have failed again and again. They are asked last, for a while that grows each time. Then few calls try whether one is
/// well again; with the first good answer it begins anew, and its share of the calls grows to the whole within [#SLOW_START], so that one
/// that has just started is not overrun. Those that checks found ill are not asked at all ([#ill], [#well]). Where all have failed, or most are
/// ill, all are asked: it never makes a service less reachable than it is. Any thread may use it.
final class Outliers {

    /// So many failures in a row make an outlier.
    static final int FAILURES_MAX = 3;

    /// How long it is asked last the first time.
    static final Duration FIRST = Duration.ofSeconds(5);

    /// The longest that it is.
    static final Duration LONGEST = Duration.ofSeconds(60);

    /// How long it takes until one that came back is asked as often as the others.
    static final Duration SLOW_START = Duration.ofSeconds(30);

    /// Of the calls that it would get, the part that it gets at first.
    static final double SHARE_AT_FIRST = 0.1;

    /// So many next hops are remembered; of more, those that would be remembered are not.
    static final int REMEMBERED_MAX = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Outliers.class);

    /// Where fewer than one in so many are well, all are asked: few well ones could not bear the calls of all.
    static final int ALL_WHERE_FEWER_THAN_ONE_IN = 4;

    private final Map<Place, Past> failing = new ConcurrentHashMap<>();
    private final Map<Place, Doubt> doubted = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private final DoubleSupplier chance;

    /// @param chance from 0 up to, not including, 1
    Outliers(LongSupplier nanos, DoubleSupplier chance) {
        this.nanos = nanos;
        this.chance = chance;
    }

    /// Where a next hop listens.
    record Place(String host, int port) {
        static Place of(Way way) {
            return new Place(way.host(), way.port());
        }

        static Place of(InetSocketAddress address) {
            return new Place(address.getHostString(), address.getPort());
        }
    }

    /// Why a next hop is not called.
    private enum Doubt {
        /// It is new, and has not shown to be well yet.
        NEW,
        /// Checks found it ill.
        ILL
    }

    /// @param sinceNanos when it was made an outlier, or came back
    /// @param pause      for how long it is an outlier; zero when it is none yet
    /// @param back       whether it has answered since
    private record Past(int failures, long sinceNanos, Duration pause, boolean back) {}

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
                        return new Past(
                                failures,
                                before == null ? 0 : before.sinceNanos(),
                                pause,
                                before != null && before.back());
                    }
                    Duration next = pause.isZero() ? FIRST : pause.multipliedBy(2);
                    next = next.compareTo(LONGEST) > 0 ? LONGEST : next;
                    LOG.atWarn()
                            .addKeyValue("host", place.host())
                            .addKeyValue("port", place.port())
                            .addKeyValue("seconds", next.toSeconds())
                            .log("a next hop fails again and again and is asked last for a while");
                    return new Past(0, nanos.getAsLong(), next, false);
                });
    }

    /// It answered.
    void good(Way way) {
        if (failing.isEmpty()) {
            return;
        }
        failing.computeIfPresent(
                Place.of(way),
                (_, past) -> {
                    if (past.pause().isZero()) {
                        return null;
                    }
                    if (!past.back()) {
                        return new Past(0, nanos.getAsLong(), past.pause(), true);
                    }
                    return share(past) >= 1
                            ? null
                            : new Past(0, past.sinceNanos(), past.pause(), true);
                });
    }

    /// A new next hop gets no calls until it is [#well], unless no other does.
    void awaits(Place place) {
        doubted.putIfAbsent(place, Doubt.NEW);
    }

    /// Whether it is new, and has not shown to be well yet.
    boolean isAwaited(Place place) {
        return doubted.get(place) == Doubt.NEW;
    }

    /// Checks found it ill: it gets no calls.
    void ill(Place place) {
        doubted.put(place, Doubt.ILL);
    }

    /// Checks found it well: its share of the calls grows to the whole, as that of one that came back by itself.
    void well(Place place) {
        if (doubted.remove(place) != null) {
            failing.put(place, new Past(0, nanos.getAsLong(), FIRST, true));
        }
    }

    /// Other places are next hops no more.
    void keepOnly(Set<Place> places) {
        doubted.keySet().retainAll(places);
    }

    /// Those of the ways that are not known to be ill, outliers last.
    List<Way> ordered(List<Way> all) {
        if ((failing.isEmpty() && doubted.isEmpty()) || all.size() < 2) {
            return all;
        }
        List<Way> ways = undoubted(all);
        List<Way> first = new ArrayList<>(ways.size());
        List<Way> last = new ArrayList<>(1);
        ways.forEach(way -> (isOut(way) ? last : first).add(way));
        first.addAll(last);
        return first;
    }

    private List<Way> undoubted(List<Way> all) {
        if (doubted.isEmpty()) {
            return all;
        }
        List<Way> well = new ArrayList<>(all.size());
        all.forEach(way -> {
            if (!doubted.containsKey(Place.of(way))) {
                well.add(way);
            }
        });
        return well.size() * ALL_WHERE_FEWER_THAN_ONE_IN < all.size() ? all : well;
    }

    private boolean isOut(Way way) {
        Past past = failing.get(Place.of(way));
        return past != null && !past.pause().isZero() && chance.getAsDouble() >= share(past);
    }

    /// The part of its calls that it gets now.
    private double share(Past past) {
        long passed = nanos.getAsLong() - past.sinceNanos();
        if (past.back()) {
            return Math.max(SHARE_AT_FIRST, (double) passed / SLOW_START.toNanos());
        }
        return passed < past.pause().toNanos() ? 0 : SHARE_AT_FIRST;
    }
}
