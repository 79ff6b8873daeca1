package dev.ringwall.command;

import dev.ringwall.model.Blueprint;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The calls that the README makes, played by the demo itself: an order is placed and read, and what must be refused is.
final class DemoCalls {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"?([0-9A-Za-z-]+)");

    private final Screen screen;
    private final RunningSystem system;
    private final OperatorClient control;
    private static final String SHOPPER = "shopper";

    private final List<String> wrong = new ArrayList<>();

    DemoCalls(Screen screen, RunningSystem system, OperatorClient control) {
        this.screen = screen;
        this.system = system;
        this.control = control;
    }

    /// Logs in, which needs no service and so can go on while they start.
    void logIn() {
        Tokens.bearer(system.state(), control, system.declared().blueprint(), SHOPPER);
    }

    /// Makes them; returns whether each ended as it must.
    boolean make() {
        DoorCall.Answer placed = call("orders.place", List.of(), SHOPPER, 201);
        Duration first = Duration.between(typed(), InstantSource.system().instant());
        Matcher id = ID.matcher(placed.body());
        String order = id.find() ? id.group(1) : "17";
        call("orders.read", List.of(order), SHOPPER, 200);
        call("orders.ship", List.of(order), SHOPPER, 403);
        call("catalog.list", List.of(), null, 200);
        screen.print(
                String.format(
                        "%-10s answered %.1f s after the command was typed",
                        "first call", first.toMillis() / 1e3));
        wrong.forEach(what -> screen.say(screen.bad("not as it must be: ") + what));
        return wrong.isEmpty();
    }

    /// When the launcher began, where it says so; it does not where it had to build first.
    private static Instant typed() {
        return Instant.ofEpochMilli(
                Long.getLong(
                        "ringwall.typed", ManagementFactory.getRuntimeMXBean().getStartTime()));
    }

    private DoorCall.Answer call(
            String operation,
            List<String> values,
            @org.jspecify.annotations.Nullable String role,
            int expected) {
        Blueprint blueprint = system.declared().blueprint();
        DoorCall call = DoorCall.of(blueprint, operation, values, null);
        DoorCall.Answer answer =
                call.send(
                        system.state(),
                        system.door().toString(),
                        role == null
                                ? null
                                : Tokens.bearer(system.state(), control, blueprint, role));
        String as = role == null ? "" : " --as " + role;
        screen.print(
                screen.faint(
                        "$ ./ringwall call "
                                + operation
                                + (values.isEmpty() ? "" : " " + String.join(" ", values))
                                + as));
        Deciding.of(blueprint, call.operation(), role, answer, control)
                .lines(screen)
                .forEach(screen::print);
        if (answer.status() != expected) {
            wrong.add(
                    operation
                            + as
                            + " answered "
                            + answer.status()
                            + " (expected: "
                            + expected
                            + ") "
                            + Screen.harmless(answer.body()));
        }
        return answer;
    }
}
