package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import dev.ringwall.model.DataType.Keep;
import java.util.List;
import java.util.Set;

/// How data is treated, and where it is kept.
final class DataDifference {

    private final Blueprint before;
    private final Blueprint after;
    private final List<Change> changes;

    DataDifference(Blueprint before, Blueprint after, List<Change> changes) {
        this.before = before;
        this.after = after;
        this.changes = changes;
    }

    void find() {
        after.declaration()
                .data()
                .forEach((name, young) -> {
                    DataType old = before.declaration().data().get(name);
                    if (old == null) {
                        add(
                                Direction.OTHER,
                                name,
                                name + " is new data, " + young.sensitivity().word(),
                                young.line());
                    } else {
                        compare(old, young);
                    }
                });
        before.declaration()
                .data()
                .forEach((name, old) -> {
                    if (!after.declaration().data().containsKey(name)) {
                        add(
                                Direction.TIGHTER,
                                name,
                                name + " is no longer any data of the system",
                                old.line());
                    }
                });
        stores();
    }

    private void compare(DataType old, DataType young) {
        String name = young.name();
        int harm = young.sensitivity().compareTo(old.sensitivity());
        if (harm != 0) {
            add(
                    harm < 0 ? Direction.LOOSER : Direction.TIGHTER,
                    name,
                    name
                            + " is "
                            + young.sensitivity().word()
                            + " instead of "
                            + old.sensitivity().word(),
                    young.line());
        }
        if (!old.show().equals(young.show()) || !old.fields().equals(young.fields())) {
            add(
                    young.show().isEmpty() && old.show().isPresent()
                            ? Direction.LOOSER
                            : old.show().isEmpty() && young.show().isPresent()
                                    ? Direction.TIGHTER
                                    : Direction.OTHER,
                    name,
                    name + " is shown " + shown(young) + " instead of " + shown(old),
                    young.line());
        }
        int kept = Long.compare(days(young.keep()), days(old.keep()));
        if (kept != 0) {
            add(
                    kept > 0 ? Direction.LOOSER : Direction.TIGHTER,
                    name,
                    name + " is kept " + words(young.keep()) + " instead of " + words(old.keep()),
                    young.line());
        }
    }

    private static String shown(DataType type) {
        return type.show()
                .map(show -> show + " of " + String.join(", ", type.fields()))
                .orElse("whole");
    }

    private void stores() {
        for (Service young : after.services()) {
            Service old = before.declaration().services().get(young.name());
            Set<String> then = old == null ? Set.of() : DataFlow.stored(old);
            for (String data : DataFlow.stored(young)) {
                if (!then.contains(data)) {
                    add(Direction.LOOSER, data, young.name() + " now stores " + data, young.line());
                }
            }
        }
        for (Service old : before.services()) {
            Service young = after.declaration().services().get(old.name());
            Set<String> now = young == null ? Set.of() : DataFlow.stored(young);
            for (String data : DataFlow.stored(old)) {
                if (!now.contains(data)) {
                    add(
                            Direction.TIGHTER,
                            data,
                            old.name() + " no longer stores " + data,
                            old.line());
                }
            }
        }
    }

    private static long days(Keep keep) {
        return switch (keep) {
            case Keep.Unstated() -> Long.MAX_VALUE;
            case Keep.Never() -> 0;
            case Keep.Days(int days) -> days;
        };
    }

    private static String words(Keep keep) {
        return switch (keep) {
            case Keep.Unstated() -> "for as long as anyone likes";
            case Keep.Never() -> "never";
            case Keep.Days(int days) -> "for " + days + " days";
        };
    }

    private void add(Direction direction, String subject, String sentence, Line line) {
        changes.add(new Change(direction, subject, sentence, line));
    }
}
