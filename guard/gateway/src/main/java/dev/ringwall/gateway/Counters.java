package dev.ringwall.gateway;

import dev.ringwall.model.Operation;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;

/// What is counted of every request, for Prometheus.
final class Counters {

    private final Counter requests;
    private final Histogram seconds;

    Counters(PrometheusRegistry registry) {
        requests =
                Counter.builder()
                        .name("ringwall_requests_total")
                        .help("Requests by hop, operation, outcome and reason.")
                        .labelNames("hop", "operation", "outcome", "reason")
                        .register(registry);
        seconds =
                Histogram.builder()
                        .name("ringwall_request_seconds")
                        .help(
                                "Time from the first byte of a request to its decision or the head of its answer.")
                        .labelNames("hop")
                        .classicUpperBounds(
                                0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
                                2.5, 5, 10)
                        .classicOnly()
                        .register(registry);
    }

    void count(Place place, Transit call, int status, @Nullable Refusal refusal) {
        String operation =
                call.operation()
                        .map(Operation::name)
                        .map(Object::toString)
                        .orElse(call.isToIdentity() ? "auth" : "");
        requests.labelValues(
                        place.hop(),
                        operation,
                        refusal == null ? "allowed" : "refused",
                        refusal == null ? "" : refusal.reason().word())
                .inc();
        seconds.labelValues(place.hop()).observe(call.secondsSoFar());
    }
}
