package dev.ringwall.control;

import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import dev.ringwall.link.Operating;
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

/// What the nodes say about themselves, as long as the control plane runs. Thread-safe; not more entries than names in certificates.
final class Nodes {

    /// Who was heard of within this counts as there.
    static final Duration THERE_WITHIN = Duration.ofSeconds(30);

    private final ControlStore store;
    private final InstantSource clock;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    private record Heard(Messages.Report report, Instant at) {}

    Nodes(ControlStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// A node says how it is; it speaks for the names that it joined as and for no others.
    Exchange.Answer report(String node, Exchange exchange) {
        if (!(exchange.body(Messages.Report.class)
                instanceof Json.Parsed.Value<Messages.Report>(Messages.Report report))) {
            return Exchange.unusable("not a report");
        }
        if (!store.membersWith(node).containsAll(report.carries())) {
            return Exchange.forbidden(node + " says how it is itself, not how others are");
        }
        heard.put(node, new Heard(report, clock.instant()));
        return Exchange.done(new Messages.Ack(0));
    }

    /// How many nodes are there.
    long there() {
        Instant since = clock.instant().minus(THERE_WITHIN);
        return heard.values().stream().filter(one -> one.at().isAfter(since)).count();
    }

    /// All nodes that carry one of those names, those that were not heard of yet among them.
    List<Operating.Node> all(Set<String> names) {
        Map<String, Operating.Node> nodes = new TreeMap<>();
        Set<String> silent = new TreeSet<>(names);
        heard.forEach((name, one) -> {
            if (names.contains(name)) {
                silent.removeAll(one.report().carries());
                nodes.put(name, node(name, one));
            }
        });
        Map<String, List<String>> members = new TreeMap<>();
        for (Map.Entry<String, String> member : store.members().entrySet()) {
            if (silent.contains(member.getKey())) {
                members.computeIfAbsent(member.getValue(), _ -> new ArrayList<>())
                        .add(member.getKey());
            }
        }
        for (List<String> carries : members.values()) {
            String name = carries.getFirst();
            nodes.putIfAbsent(
                    name, new Operating.Node(name, carries, 0, 0, null, 0, 0, Map.of(), List.of()));
        }
        return List.copyOf(nodes.values());
    }

    private static Operating.Node node(String name, Heard one) {
        Messages.Report report = one.report();
        return new Operating.Node(
                name,
                report.carries(),
                report.bundle(),
                report.roster(),
                one.at(),
                report.spooled(),
                report.spooledBytes(),
                new TreeMap<>(report.certificates()),
                List.copyOf(report.problems()));
    }
}
