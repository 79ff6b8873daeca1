package dev.ringwall.command;

import dev.ringwall.link.Administering;
import dev.ringwall.link.Json;
import dev.ringwall.link.Operating;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// All that is kept about one person (GDPR art. 15): the records, and what the audit log says of them.
@Command(
        name = "export",
        description =
                "Print all that is kept about one person, as JSON: records, and each event of the audit log that names the account. Secrets and"
                        + " their hashes are not shown.",
        footer = {"", "Example:", "  ringwall user export ana > ana.json"})
final class UserExportCommand implements Callable<Integer> {

    /// Events that one person is shown at most; the log has them all.
    private static final int EVENTS_MAX = 100_000;

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Parameters(paramLabel = "NAME", description = "Who logs in.")
    private String name = "";

    UserExportCommand(Screen screen) {
        this.screen = screen;
    }

    /// What is printed.
    ///
    /// @param events as they stand in the audit log
    private record Shown(
            String id,
            String name,
            Map<String, List<Map<String, Object>>> records,
            List<Object> events) {}

    @Override
    public Integer call() {
        OperatorClient control = system.connect();
        Administering.Person person =
                control.post(
                        Administering.EXPORT,
                        new Operating.Named(name),
                        Administering.Person.class);
        List<Object> events = events(control, person.id());
        screen.progressEnds();
        screen.print(
                new String(
                        Json.write(new Shown(person.id(), person.name(), person.records(), events)),
                        StandardCharsets.UTF_8));
        return Exit.FINE;
    }

    private List<Object> events(OperatorClient control, String account) {
        List<Object> events = new ArrayList<>();
        String quoted = '"' + account + '"';
        long size = control.get(Operating.STATUS, Operating.Status.class).treeSize();
        long next = 0;
        while (next < size) {
            Operating.Events page =
                    control.get(
                            Operating.WATCH + "?after=" + next + "&wait=0", Operating.Events.class);
            for (String event : page.events()) {
                if (event.contains(quoted)) {
                    events.add(parsed(event));
                }
            }
            if (events.size() > EVENTS_MAX) {
                throw new Unusable(
                        "the audit log has more than "
                                + EVENTS_MAX
                                + " events of this person; read them by `ringwall watch -o json`");
            }
            if (page.next() <= next) {
                return events;
            }
            next = page.next();
            screen.progress("audit log  " + next + " of " + size);
        }
        return events;
    }

    private static Object parsed(String event) {
        return switch (Json.read(event.getBytes(StandardCharsets.UTF_8), Map.class)) {
            case Json.Parsed.Value<?>(Object value) -> value;
            case Json.Parsed.Malformed<?> _ -> event;
        };
    }
}
