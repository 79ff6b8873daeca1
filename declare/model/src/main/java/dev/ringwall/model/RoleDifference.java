package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How holders of a role prove who they are, for how long, and from where.
final class RoleDifference {

    private final Blueprint before;
    private final Blueprint after;
    private final List<Change> changes;

    RoleDifference(Blueprint before, Blueprint after, List<Change> changes) {
        this.before = before;
        this.after = after;
        this.changes = changes;
    }

    void find() {
        after.declaration()
                .roles()
                .forEach((name, young) -> {
                    Role old = before.declaration().roles().get(name);
                    if (old == null) {
                        add(Direction.OTHER, young, name + " is a new role");
                    } else {
                        compare(old, young);
                    }
                });
        before.declaration()
                .roles()
                .forEach((name, old) -> {
                    if (!after.declaration().roles().containsKey(name)) {
                        add(Direction.TIGHTER, old, "the role " + name + " is gone");
                    }
                });
    }

    private void compare(Role old, Role young) {
        String name = young.name();
        if (old.login() != young.login()) {
            add(
                    Direction.OTHER,
                    young,
                    name
                            + " logs in by "
                            + young.login().word()
                            + " instead of "
                            + old.login().word());
        }
        int session = young.session().compareTo(old.session());
        if (session != 0) {
            add(
                    session > 0 ? Direction.LOOSER : Direction.TIGHTER,
                    young,
                    "a login of %s lasts %s instead of %s"
                            .formatted(name, words(young.session()), words(old.session())));
        }
        int rotate = age(young.rotate()).compareTo(age(old.rotate()));
        if (rotate != 0) {
            add(
                    rotate > 0 ? Direction.LOOSER : Direction.TIGHTER,
                    young,
                    "keys of %s live %s instead of %s"
                            .formatted(
                                    name,
                                    young.rotate().map(RoleDifference::words).orElse("for ever"),
                                    old.rotate().map(RoleDifference::words).orElse("for ever")));
        }
        networks(old, young);
        LimitDifference.find(name, young.line(), old.limits(), young.limits(), changes);
    }

    private void networks(Role old, Role young) {
        Set<Network> then = new HashSet<>(old.from());
        Set<Network> now = new HashSet<>(young.from());
        if (now.equals(then)) {
            return;
        }
        Direction direction = Direction.OTHER;
        if (now.isEmpty() || (!then.isEmpty() && now.containsAll(then))) {
            direction = Direction.LOOSER;
        } else if (then.isEmpty() || then.containsAll(now)) {
            direction = Direction.TIGHTER;
        }
        add(
                direction,
                young,
                "keys of %s are good from %s instead of %s"
                        .formatted(young.name(), words(young.from()), words(old.from())));
    }

    private static Duration age(Optional<Duration> rotate) {
        return rotate.orElse(Duration.ofSeconds(Long.MAX_VALUE));
    }

    private static String words(List<Network> networks) {
        return networks.isEmpty() ? "anywhere" : networks.toString();
    }

    private static String words(Duration time) {
        if (time.toSeconds() % 86_400 == 0) {
            return time.toDays() + "d";
        }
        return time.toSeconds() % 3_600 == 0 ? time.toHours() + "h" : time.toMinutes() + "m";
    }

    private void add(Direction direction, Role role, String sentence) {
        changes.add(new Change(direction, role.name(), sentence, role.line()));
    }
}
