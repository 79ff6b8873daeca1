package dev.ringwall.attack;

import dev.ringwall.model.Limit;
import dev.ringwall.model.Operation;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What callers of the tiny system have sent, and what of theirs is under way.
final class TinyAmounts {

    private static final long HELD_BYTES_MAX = 32 << 20;

    private final TinySystem system;
    private final Map<String, Long> bytes = new ConcurrentHashMap<>();
    private final Map<InetAddress, Long> held = new ConcurrentHashMap<>();
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    TinyAmounts(TinySystem system) {
        this.system = system;
    }

    /// Whether the caller has used up its bytes; if not, those of the request are counted.
    boolean spent(Operation operation, String caller, TinyHttp.Request request) {
        String key = operation.name() + caller;
        Optional<Limit> limit = limit(operation, Limit.Unit.BYTES);
        if (limit.isEmpty()) {
            return false;
        }
        boolean over = bytes.getOrDefault(key, 0L) >= limit.get().count();
        bytes.merge(key, (long) request.body().length(), Long::sum);
        return over && !system.weaknesses.contains(Weakness.AMOUNTS_UNCOUNTED);
    }

    /// Counts one more; false when that is too many, and then it is not counted.
    boolean begins(TinyHttp.Request head) {
        if (!holds(head)) {
            return false;
        }
        Optional<Limit> limit = atOnce(head);
        if (limit.isEmpty()) {
            return true;
        }
        boolean fits = underWay.merge(key(head), 1, Integer::sum) <= limit.get().count();
        boolean careless =
                system.weaknesses.contains(Weakness.AMOUNTS_UNCOUNTED)
                        || system.weaknesses.contains(Weakness.LIMITS_FORGOTTEN);
        if (!fits && !careless) {
            ends(head);
            return false;
        }
        return true;
    }

    /// Whether there is room for the body; not counted where there is none.
    private boolean holds(TinyHttp.Request head) {
        long size = size(head);
        boolean fits = held.merge(head.from(), size, Long::sum) <= HELD_BYTES_MAX;
        if (!fits && !system.weaknesses.contains(Weakness.HELD_UNCOUNTED)) {
            held.merge(head.from(), -size, Long::sum);
            return false;
        }
        return true;
    }

    private static long size(TinyHttp.Request head) {
        String length = head.header("content-length").orElse("0");
        return length.matches("[0-9]{1,9}") ? Long.parseLong(length) : 0;
    }

    void ends(TinyHttp.Request head) {
        held.merge(head.from(), -size(head), Long::sum);
        if (atOnce(head).isPresent()) {
            underWay.merge(key(head), -1, Integer::sum);
        }
    }

    private Optional<Limit> atOnce(TinyHttp.Request head) {
        return TinyRoutes.find(system.blueprint.operations().values(), head.method(), head.target())
                .flatMap(operation -> limit(operation, Limit.Unit.AT_ONCE));
    }

    private static String key(TinyHttp.Request head) {
        return head.header("authorization").orElse("");
    }

    private static Optional<Limit> limit(Operation operation, Limit.Unit unit) {
        return operation.limits().stream().filter(limit -> limit.unit() == unit).findFirst();
    }
}
