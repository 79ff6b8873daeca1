package dev.ringwall.command;

import dev.ringwall.audit.EventLine;
import dev.ringwall.events.EventJson;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.link.Operating;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Follows what happens, live.
@Command(
        name = "watch",
        description =
                "Follow what is recorded, live, until Ctrl-C. With -o json one event a line, as it stands in the log.",
        footer = {
            "",
            "Examples:",
            "  ringwall watch",
            "  ringwall watch --last 100 --once -o json"
        })
final class WatchCommand implements Callable<Integer> {

    private static final int WAIT_SECONDS = 20;

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Mixin private OutputOption output = new OutputOption();

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "Begin with this many that are already there (default: ${DEFAULT-VALUE}).")
    private long last;

    @Option(names = "--once", description = "Stop after those that are already there.")
    private boolean once;

    WatchCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        OperatorClient control = system.connect();
        long size = control.get(Operating.STATUS, Operating.Status.class).treeSize();
        long next = Math.max(0, size - last);
        while (true) {
            int wait = once ? 0 : WAIT_SECONDS;
            Operating.Events events =
                    control.get(
                            Operating.WATCH + "?after=" + next + "&wait=" + wait,
                            Operating.Events.class);
            events.events().forEach(this::print);
            if (screen.out().checkError()) {
                return Exit.FINE; // nobody reads any more: `watch | head -1`
            }
            if (once && (events.next() == next || events.next() >= size)) {
                return Exit.FINE;
            }
            next = events.next();
        }
    }

    private void print(String json) {
        if (output.format() == Format.JSON) {
            screen.print(json);
            return;
        }
        screen.print(
                switch (EventJson.read(json.getBytes(StandardCharsets.UTF_8))) {
                    case EventJson.Parsed.Event(SecurityEvent event) -> EventLine.of(event);
                    case EventJson.Parsed.Malformed(String why) ->
                            screen.bad("unreadable event: " + why);
                });
    }
}
