package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Limits that came, went, or let through more or less than before.
final class LimitDifference {

    private static final List<Kind> KINDS =
            Arrays.stream(Limit.Key.values())
                    .flatMap(key ->
                            Arrays.stream(Limit.Unit.values()).map(unit -> new Kind(key, unit)))
                    .toList();

    /// Limits that can be held against each other.
    private record Kind(Limit.Key key, Limit.Unit unit) {
        boolean is(Limit limit) {
            return limit.key() == key && limit.unit() == unit;
        }
    }

    private LimitDifference() {}

    static void find(
            String subject,
            Line line,
            List<Limit> before,
            List<Limit> after,
            List<Change> changes) {
        for (Kind kind : KINDS) {
            List<Limit> old = new ArrayList<>(before.stream().filter(kind::is).toList());
            List<Limit> young = new ArrayList<>(after.stream().filter(kind::is).toList());
            old.removeIf(limit -> young.removeIf(same -> says(limit).equals(says(same))));
            if (old.size() == 1 && young.size() == 1) {
                changes.add(changed(subject, old.getFirst(), young.getFirst()));
                continue;
            }
            young.forEach(limit ->
                    changes.add(
                            new Change(
                                    Direction.TIGHTER,
                                    subject,
                                    subject + " is now limited to " + limit,
                                    limit.line())));
            old.forEach(limit ->
                    changes.add(
                            new Change(
                                    Direction.LOOSER,
                                    subject,
                                    subject + " is no longer limited to " + limit,
                                    line)));
        }
    }

    private static Change changed(String subject, Limit old, Limit young) {
        double then = rate(old);
        double now = rate(young);
        Direction direction =
                now > then ? Direction.LOOSER : now < then ? Direction.TIGHTER : Direction.OTHER;
        String verb =
                switch (direction) {
                    case LOOSER -> "loosens";
                    case TIGHTER -> "tightens";
                    case OTHER -> "changes";
                };
        return new Change(
                direction,
                subject,
                "limit of " + subject + " " + verb + " from " + old + " to " + young,
                young.line());
    }

    private static double rate(Limit limit) {
        return (double) limit.count() / Math.max(1, limit.per().toSeconds());
    }

    private static String says(Limit limit) {
        return limit.toString();
    }
}
