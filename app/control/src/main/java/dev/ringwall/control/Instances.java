package dev.ringwall.control;

import dev.ringwall.events.AdminAct;
import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Who stands on the list that other nodes call by: an instance comes onto it by saying where it listens, and goes when it says that it
/// leaves, or when nothing was heard of it for [#FORGOTTEN_AFTER] while another of its service was.
///
/// The last instance of a service stays on the list: a system that starts without its control plane finds it, and one whose control plane
/// alone is cut off goes on. Thread-safe.
final class Instances {

    /// An instance that was not heard of for so long is forgotten.
    static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(60);

    /// So many instances of one service are on the list.
    static final int PER_SERVICE_MAX = 256;

    /// Where nobody looked for so long, the whole machine was held up, and nobody could be heard of.
    private static final Duration LOOKS_WITHIN = Duration.ofSeconds(30);

    /// How long nodes may take until none of them calls an instance any more that leaves.
    private static final Duration LEAVING_WITHIN = Duration.ofSeconds(5);

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9A-Za-z.:\\[\\]-]{1,255}:[0-9]{1,5}");

    private final InstanceStore store;
    private final Journal journal;
    private final Published published;
    private final Changed changed;
    private final InstantSource clock;
    private final Map<String, Instant> heard = new ConcurrentHashMap<>();
    private Instant looked;
    private Instant since;

    /// Called when the list has changed.
    @FunctionalInterface
    interface Changed {
        void publish();
    }

    Instances(
            InstanceStore store,
            Journal journal,
            Published published,
            Changed changed,
            InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.published = published;
        this.changed = changed;
        this.clock = clock;
        this.looked = clock.instant();
        this.since = looked;
    }

    /// That instance is there.
    void heard(Member member) {
        heard.put(member.instance(), clock.instant());
    }

    /// An instance says where it listens. It says so of the name in its certificate and of itself alone.
    Exchange.Answer announce(Member member, Exchange exchange) {
        if (!(exchange.body(Messages.Endpoints.class)
                instanceof Json.Parsed.Value<Messages.Endpoints>(Messages.Endpoints endpoints))) {
            return Exchange.unusable("not a list of endpoints");
        }
        for (Map.Entry<String, String> endpoint : endpoints.addresses().entrySet()) {
            if (!endpoint.getKey().equals(member.name())) {
                return Exchange.forbidden(
                        member.name()
                                + " says where it listens itself, not where "
                                + endpoint.getKey()
                                + " does");
            }
            if (!isAddress(endpoint.getValue())) {
                return Exchange.unusable("not an address (expected: host:port)");
            }
            InstanceStore.Endpoint told =
                    new InstanceStore.Endpoint(
                            member.name(), member.instance(), endpoint.getValue());
            switch (store.put(told, PER_SERVICE_MAX)) {
                case KNOWN -> {}
                case TOO_MANY -> {
                    return new Exchange.Answer.Refused(
                            409,
                            "too-many",
                            member.name()
                                    + " has "
                                    + PER_SERVICE_MAX
                                    + " instances already, which is the most there can be");
                }
                case NEW -> {
                    journal.administered(
                            AdminAct.ENDPOINTS_CHANGED,
                            member.name(),
                            Map.of(member.name(), told.address(), "instance", told.instance()));
                    changed.publish();
                }
            }
        }
        return Exchange.done(new Messages.Ack(0));
    }

    private static boolean isAddress(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return false;
        }
        try {
            int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
            return InetSocketAddress.createUnresolved("host", port).getPort() > 0;
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    /// An instance leaves: returns once no node that is there calls it any more.
    Exchange.Answer leave(Member member) throws InterruptedException {
        List<String> left = store.leave(member.instance());
        if (!left.isEmpty()) {
            gone(member.instance(), left, "left");
            published.awaitBundleTaken(LEAVING_WITHIN);
        }
        return Exchange.done(new Messages.Left(left));
    }

    /// Which of these services' lists that instance is not on, although it should be.
    List<String> missing(Member member, List<String> services) {
        Set<String> listed = new TreeSet<>();
        store.all().stream()
                .filter(one -> one.instance().equals(member.instance()))
                .forEach(one -> listed.add(one.name()));
        return services.stream().filter(name -> !listed.contains(name)).toList();
    }

    /// Forgets those that have not been heard of, where another instance of their service has.
    synchronized void forgetSilent() {
        Instant now = clock.instant();
        if (looked.plus(LOOKS_WITHIN).isBefore(now)) {
            since = now;
        }
        looked = now;
        Map<String, List<String>> alive = new TreeMap<>();
        Map<String, List<String>> silent = new TreeMap<>();
        for (InstanceStore.Endpoint one : store.all()) {
            (isSilent(one.instance(), now) ? silent : alive)
                    .computeIfAbsent(one.name(), _ -> new ArrayList<>())
                    .add(one.instance());
        }
        Map<String, List<String>> forgotten = new TreeMap<>();
        silent.forEach((name, instances) -> {
            if (alive.containsKey(name)) {
                for (String instance : instances) {
                    store.forget(name, instance);
                    forgotten.computeIfAbsent(instance, _ -> new ArrayList<>()).add(name);
                }
            }
        });
        forgotten.forEach((instance, names) -> gone(instance, names, "not heard of"));
    }

    private boolean isSilent(String instance, Instant now) {
        Instant last = heard.getOrDefault(instance, since);
        return (last.isBefore(since) ? since : last).plus(FORGOTTEN_AFTER).isBefore(now);
    }

    private void gone(String instance, List<String> names, String why) {
        journal.administered(
                AdminAct.ENDPOINTS_CHANGED,
                String.join(",", names),
                Map.of("instance", instance, "gone", why));
        changed.publish();
    }
}
