package dev.ringwall.control;

import dev.ringwall.link.Json;
import dev.ringwall.link.Messages;
import dev.ringwall.link.Operating;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// What the nodes say about themselves, as long as the control plane runs. Thread-safe; not more entries than nodes that joined.
final class Nodes {

    /// Who was heard of within this counts as there.
    static final Duration THERE_WITHIN = Duration.ofSeconds(30);

    private final ControlStore store;
    private final InstantSource clock;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();

    private record Heard(Member node, Messages.Report report, Instant at) {}

    Nodes(ControlStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// What became of a report.
    sealed interface Taken {
        /// It was taken, of a node that carries these names.
        record Known(List<String> carries) implements Taken {}

        /// It was not.
        record Refused(Exchange.Answer why) implements Taken {}
    }

    /// A node says how it is.
    ///
    /// @param speaksFor what it may speak for, and nothing else
    Taken report(Member node, Set<String> speaksFor, Exchange exchange) {
        if (!(exchange.body(Messages.Report.class)
                instanceof Json.Parsed.Value<Messages.Report>(Messages.Report report))) {
            return new Taken.Refused(Exchange.unusable("not a report"));
        }
        if (!speaksFor.containsAll(report.carries())) {
            return new Taken.Refused(
                    Exchange.forbidden(node.name() + " says how it is itself, not how others are"));
        }
        heard.put(node.instance(), new Heard(node, report, clock.instant()));
        return new Taken.Known(report.carries());
    }

    /// It said that it leaves.
    void left(Member node) {
        heard.remove(node.instance());
    }

    /// Forgets those that were not heard of for long, where others that are there carry all that they did.
    void forgetSilent() {
        Instant since = clock.instant().minus(Instances.FORGOTTEN_AFTER);
        Set<String> carried = new TreeSet<>();
        heard.values().stream()
                .filter(one -> one.at().isAfter(since))
                .forEach(one -> carried.addAll(one.report().carries()));
        heard.values()
                .removeIf(one ->
                        !one.at().isAfter(since) && carried.containsAll(one.report().carries()));
    }

    /// How many nodes are there.
    long there() {
        Instant since = clock.instant().minus(THERE_WITHIN);
        return heard.values().stream().filter(one -> one.at().isAfter(since)).count();
    }

    /// All nodes that carry one of those names; of names that no node was heard of yet, the one that joined last, and those on the list.
    List<Operating.Node> all(Set<String> names) {
        List<Operating.Node> nodes = new ArrayList<>();
        Set<String> silent = new TreeSet<>(names);
        heard.forEach((_, one) -> {
            if (names.contains(one.node().name())) {
                silent.removeAll(one.report().carries());
                nodes.add(node(one));
            }
        });
        Set<String> listed = new TreeSet<>();
        store.instances().all().forEach(one -> listed.add(one.instance()));
        store.instances()
                .joined()
                .forEach((instance, joined) -> {
                    List<String> carries = joined.stream().filter(names::contains).toList();
                    boolean newest = carries.stream().anyMatch(silent::remove);
                    if (!heard.containsKey(instance)
                            && !carries.isEmpty()
                            && (newest || listed.contains(instance))) {
                        silent.removeAll(carries);
                        nodes.add(
                                new Operating.Node(
                                        carries.getFirst(),
                                        instance,
                                        carries,
                                        0,
                                        0,
                                        null,
                                        0,
                                        0,
                                        Map.of(),
                                        List.of()));
                    }
                });
        nodes.sort(
                Comparator.comparing(Operating.Node::name).thenComparing(Operating.Node::instance));
        return List.copyOf(nodes);
    }

    private static Operating.Node node(Heard one) {
        Messages.Report report = one.report();
        return new Operating.Node(
                one.node().name(),
                one.node().instance(),
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
