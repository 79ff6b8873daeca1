package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// What is counted, for Prometheus. Labels come from the declaration alone, never from requests, so there are not more of them than
/// operations and reasons.
final class Meters {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final String NONE = "-";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter calls =
            Counter.builder()
                    .name("ringwall_calls_total")
                    .help("Calls by operation and how they ended.")
                    .labelNames("hop", "operation", "outcome", "reason")
                    .register(registry);
    private final Histogram latency =
            Histogram.builder()
                    .name("ringwall_call_seconds")
                    .help("From the head of the request to the end of the answer.")
                    .labelNames("hop")
                    .classicOnly()
                    .classicUpperBounds(
                            .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
                    .register(registry);
    private final Counter turnedAway =
            Counter.builder()
                    .name("ringwall_connections_turned_away_total")
                    .help("Connections that were closed at once, since there were too many.")
                    .register(registry);
    private final AtomicLong connections = new AtomicLong();

    Meters(
            InstantSource clock,
            Supplier<Collection<Front>> fronts,
            Supplier<Long> bundle,
            Supplier<Long> held,
            Supplier<Map<String, Probes.Count>> instances) {
        instances(
                "ringwall_instances",
                "Instances of the services that are called.",
                instances,
                Probes.Count::all);
        instances(
                "ringwall_instances_well",
                "Those of them that are well, as checks find.",
                instances,
                Probes.Count::well);
        GaugeWithCallback.builder()
                .name("ringwall_connections")
                .help("Connections of callers.")
                .callback(gauge -> gauge.call((double) connections.get()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("ringwall_bundle_number")
                .help("The bundle that is decided by; 0 before the first.")
                .callback(gauge -> gauge.call((double) bundle.get()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("ringwall_held_bytes")
                .help("Bodies and answers that are held to be looked at whole.")
                .callback(gauge -> gauge.call((double) held.get()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("ringwall_certificate_days_left")
                .help("Until the certificate that a listener shows ends.")
                .labelNames("hop")
                .callback(gauge -> {
                    Map<String, Double> left = new TreeMap<>(); // ways out share a hop
                    fronts.get()
                            .forEach(front ->
                                    left.merge(front.hop(), daysLeft(front, clock), Math::min));
                    left.forEach((hop, days) -> gauge.call(days, hop));
                })
                .register(registry);
    }

    private void instances(
            String name,
            String help,
            Supplier<Map<String, Probes.Count>> instances,
            ToIntFunction<Probes.Count> which) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("service")
                .callback(gauge ->
                        instances
                                .get()
                                .forEach((service, count) ->
                                        gauge.call(which.applyAsInt(count), service)))
                .register(registry);
    }

    private static double daysLeft(Front front, InstantSource clock) {
        Duration left = Duration.between(clock.instant(), front.shownUntil());
        return (double) left.toHours() / 24;
    }

    /// A call is over.
    ///
    /// @param status of the answer; 0 when the caller was gone before there was one
    void ended(Exchange exchange, Optional<Reason> refused, int status) {
        if (exchange.routed() && exchange.destination() instanceof Destination.ToSidecar) {
            return; // a check is no call
        }
        String hop = exchange.arrival().listener().hop();
        String operation = exchange.operation().map(OperationPlan::id).orElse(NONE);
        String outcome =
                refused.isPresent() ? "refused" : status == 0 ? "gone" : status / 100 + "xx";
        calls.labelValues(hop, operation, outcome, refused.map(Reason::word).orElse(NONE)).inc();
        latency.labelValues(hop)
                .observe((System.nanoTime() - exchange.trail().startNanos()) / NANOS_PER_SECOND);
    }

    /// A caller connected; the new number of connections.
    long connected() {
        return connections.incrementAndGet();
    }

    /// A caller was not let in.
    void turnedAway() {
        turnedAway.inc();
    }

    long connections() {
        return connections.get();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    /// Everything in the text format of Prometheus.
    byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException memoryDoesNotFail) {
            throw new UncheckedIOException(memoryDoesNotFail);
        }
        return text.toByteArray();
    }
}
