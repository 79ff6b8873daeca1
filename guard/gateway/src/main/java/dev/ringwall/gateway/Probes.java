package dev.ringwall.gateway;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.SpiffeId;
import dev.ringwall.model.Allow;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Asks the sidecars that this node calls whether they and their services are well, as whom it calls them, and tells [Outliers].
///
/// Those that are known when a service is first heard of are presumed to be well; one that comes later gets calls once it has answered.
/// [#follow] may be called by any thread; all else runs on one event loop.
final class Probes {

    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

    private final String system;
    private final Outliers outliers;
    private final Map<Outliers.Place, Target> known = new HashMap<>();
    private volatile Map<String, Count> counts = Map.of();
    private Map<String, List<InetSocketAddress>> before = Map.of();

    Probes(String system, Outliers outliers) {
        this.system = system;
        this.outliers = outliers;
    }

    /// How many instances of a service there are, and how many of them are well.
    record Count(int all, int well) {
        Count and(boolean oneMoreIsWell) {
            return new Count(all + 1, well + (oneMoreIsWell ? 1 : 0));
        }
    }

    /// @param as as whom it is asked
    private record Asked(String service, Supplier<Identity> as) {}

    private static final class Target {
        private final String service;
        private final Wellness wellness;
        private boolean asking;
        private boolean proved;
        private long dueNanos = System.nanoTime();

        private Target(String service, Wellness wellness) {
            this.service = service;
            this.wellness = wellness;
        }
    }

    /// These are the next hops from now on. Called before anybody calls them.
    synchronized void follow(Snapshot next) {
        Set<Outliers.Place> all = new HashSet<>();
        next.endpoints()
                .forEach((service, addresses) -> {
                    List<InetSocketAddress> old = before.getOrDefault(service, List.of());
                    for (InetSocketAddress address : addresses) {
                        Outliers.Place place = Outliers.Place.of(address);
                        all.add(place);
                        if (!old.isEmpty()
                                && !old.contains(address)
                                && !service.equals(Snapshot.CONTROL)) {
                            outliers.awaits(place);
                        }
                    }
                });
        outliers.keepOnly(all);
        before = next.endpoints();
    }

    /// How many instances there are of each service that this node calls, and how many are well.
    Map<String, Count> counts() {
        return counts;
    }

    /// Asks those whose time has come; on that pool's event loop.
    void round(Pool pool, Plan plan, Collection<Front> fronts, long now) {
        Map<Outliers.Place, Asked> wanted = wanted(plan.snapshot(), fronts);
        known.keySet().retainAll(wanted.keySet());
        Map<String, Count> counted = new TreeMap<>();
        wanted.forEach((place, asked) -> {
            Target target =
                    known.computeIfAbsent(
                            place,
                            _ ->
                                    new Target(
                                            asked.service(),
                                            outliers.isAwaited(place)
                                                    ? Wellness.unproved()
                                                    : Wellness.presumed()));
            counted.merge(
                    asked.service(),
                    new Count(0, 0).and(target.wellness.isWell()),
                    (sum, _) -> sum.and(target.wellness.isWell()));
            if (!target.asking && now - target.dueNanos >= 0) {
                target.asking = true;
                Way.Crossing crossing =
                        new Way.Crossing.Mutual(
                                asked.as().get(), new SpiffeId(system, asked.service()));
                Question.ask(
                        pool,
                        new Way(place.host(), place.port(), crossing),
                        head(asked.service()),
                        Checks.WITHIN,
                        heard -> settle(place, target, wrong(heard)));
            }
        });
        counts = counted;
    }

    /// Each place once, however many listeners lead to it.
    private static Map<Outliers.Place, Asked> wanted(Snapshot snapshot, Collection<Front> fronts) {
        Map<Outliers.Place, Asked> wanted = new LinkedHashMap<>();
        for (Front front : fronts) {
            Listener listener = front.listener();
            switch (listener) {
                case Listener.Door door ->
                        snapshot.blueprint().services().stream()
                                .filter(Probes::isOpen)
                                .forEach(service -> add(snapshot, service.name(), door, wanted));
                case Listener.Outbound outbound ->
                        add(snapshot, outbound.callee(), outbound, wanted);
                case Listener.Inbound _ -> {}
            }
        }
        return wanted;
    }

    private static boolean isOpen(Service service) {
        return service.operations().values().stream()
                .anyMatch(operation -> !(operation.allow() instanceof Allow.Nobody));
    }

    private static void add(
            Snapshot snapshot, String service, Listener as, Map<Outliers.Place, Asked> wanted) {
        for (InetSocketAddress address : snapshot.endpoints().getOrDefault(service, List.of())) {
            wanted.putIfAbsent(Outliers.Place.of(address), new Asked(service, as.identity()));
        }
    }

    private static HttpRequest head(String service) {
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.GET,
                Names.HEALTH_PATH,
                DefaultHttpHeadersFactory.headersFactory()
                        .newHeaders()
                        .set(HttpHeaderNames.HOST, service));
    }

    /// What is wrong; empty where nothing is. A sidecar of the time before such questions refuses them, and so is there.
    private static Optional<String> wrong(Question.Heard heard) {
        return switch (heard) {
            case Question.Heard.Nothing(String why) -> Optional.of(why);
            case Question.Heard.Answered(int status, Optional<Passage.Refused> refusal) -> {
                boolean older =
                        refusal.filter(one -> one.reason() == Reason.NOT_DECLARED).isPresent();
                if (status == HttpResponseStatus.NO_CONTENT.code() || older) {
                    yield Optional.empty();
                }
                yield Optional.of(
                        status == HttpResponseStatus.SERVICE_UNAVAILABLE.code() && refusal.isEmpty()
                                ? "its sidecar says that the service is ill"
                                : "answered " + status);
            }
        };
    }

    private void settle(Outliers.Place place, Target target, Optional<String> wrong) {
        target.asking = false;
        boolean before = target.proved;
        target.proved |= wrong.isEmpty();
        boolean changed = target.wellness.checked(wrong.isEmpty());
        target.dueNanos = System.nanoTime() + Checks.pause(target.wellness).toNanos();
        if (!changed) {
            return;
        }
        if (wrong.isEmpty()) {
            outliers.well(place);
            tell(
                    Level.INFO,
                    place,
                    target,
                    before ? "an instance is well again" : "an instance is well");
        } else {
            outliers.ill(place);
            if (before) {
                tell(
                        Level.WARN,
                        place,
                        target,
                        "an instance is ill and gets no calls: " + wrong.get());
            } else {
                tell(Level.INFO, place, target, "an instance is not well yet: " + wrong.get());
            }
        }
    }

    private static void tell(Level level, Outliers.Place place, Target target, String what) {
        LOG.atLevel(level)
                .addKeyValue("service", target.service)
                .addKeyValue("host", place.host())
                .addKeyValue("port", place.port())
                .log(what);
    }
}
