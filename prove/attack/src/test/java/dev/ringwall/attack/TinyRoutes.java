package dev.ringwall.attack;

import dev.ringwall.model.HttpRoute.Segment;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the tiny door and the tiny sidecars both need: routes, limits and refusals.
final class TinyRoutes {

    private static final Map<String, Double> NONE = Map.of();

    private final Map<String, Double> arrivals = new ConcurrentHashMap<>(NONE);

    static Optional<Operation> find(
            Collection<Operation> operations, String method, String target) {
        String path = target.split("\\?", 2)[0];
        return operations.stream()
                .filter(one -> one.route().method().equals(method) && matches(one, path))
                .findFirst();
    }

    static boolean matches(Operation operation, String path) {
        String[] parts = path.substring(1).split("/", -1);
        List<Segment> segments = operation.route().segments();
        if (parts.length != segments.size()) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            boolean fits =
                    switch (segments.get(i)) {
                        case Segment.Literal(String text) -> text.equals(parts[i]);
                        case Segment.Parameter _ -> !parts[i].isEmpty();
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /// Whether one more fits (GCRA).
    boolean fits(String key, Limit limit) {
        double gap = (double) limit.per().toNanos() / limit.count();
        double now = System.nanoTime();
        boolean[] fits = {false};
        arrivals.compute(
                key + limit,
                (_, due) -> {
                    double next = Math.max(due == null ? now : due, now);
                    fits[0] = next + gap - now <= limit.per().toNanos() + 1;
                    return fits[0] ? next + gap : next;
                });
        return fits[0];
    }

    static TinyHttp.Response refuse(Reason reason) {
        TinyHttp.Response response =
                new TinyHttp.Response(
                        reason.status(),
                        Map.of("Content-Type", "application/problem+json"),
                        "{\"reason\":\"" + reason.word() + "\"}");
        return reason == Reason.LIMIT_REACHED ? response.with("Retry-After", "3600") : response;
    }
}
