package dev.ringwall.command;

import dev.ringwall.link.Administering;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes accounts over from another system, some hundred at a time. Who is there already stays as he is, so an import that was broken off is
/// simply started again; it then goes on behind the last batch that was kept.
@Command(
        name = "import",
        description =
                "Take accounts over from a file: CSV whose first line names the columns (name, and any of roles, password_hash, disabled), or"
                        + " NDJSON with the same words or users as Keycloak exports them. Hashes by Argon2, bcrypt and PBKDF2 are taken over and"
                        + " give way to ours at the first login. Who is there already is left alone; an import that was broken off goes on"
                        + " where it was.",
        footer = {
            "",
            "Example:",
            "  ringwall user import people.csv --dry-run",
            "  ringwall user import people.ndjson --role shopper",
            "  jq -c '.users[]' realm-export.json > people.ndjson"
        })
final class UserImportCommand implements Callable<Integer> {

    private static final int LINE_CHARACTERS_MAX = 64 * 1024;

    /// Bad lines that are named; those behind them are only counted.
    private static final int COMPLAINTS_MAX = 1_000;

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Mixin private OutputOption output = new OutputOption();

    @Parameters(paramLabel = "FILE", description = "A .csv or .ndjson file.")
    private Path file = Path.of("");

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description =
                    "A role that each of them gets besides its own; may be repeated. In place of Keycloak's roles.")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--dry-run", description = "Say what would become of each line; add nobody.")
    private boolean dry;

    private long added;
    private long there;
    private long bad;
    private final List<Numbered> batch = new ArrayList<>();

    UserImportCommand(Screen screen) {
        this.screen = screen;
    }

    private record Numbered(long line, Administering.Newcomer newcomer) {}

    /// How it ended.
    private record Summary(long lines, long added, long there, long bad, boolean dryRun) {}

    @Override
    public Integer call() {
        OperatorClient control = system.connect();
        long lines;
        try {
            ImportMark mark = ImportMark.of(system.folder().operator(), file);
            lines = lines(control, mark);
            if (!dry) {
                mark.done();
            }
        } catch (NoSuchFileException none) {
            throw new Unusable("there is no file " + file, none);
        } catch (MalformedInputException notText) {
            throw new Unusable(file + " is not UTF-8 (expected: a text file in UTF-8)", notText);
        } catch (IOException unreadable) {
            throw new Unusable("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
        screen.progressEnds();
        Summary summary = new Summary(lines, added, there, bad, dry);
        output.print(
                screen,
                summary,
                () ->
                        List.of(
                                (dry ? "would add  " : "added      ") + added,
                                "there      " + there,
                                "bad lines  " + bad));
        return bad == 0 ? Exit.FINE : Exit.FINDINGS;
    }

    private long lines(OperatorClient control, ImportMark mark) throws IOException {
        long size = Math.max(1, Files.size(file));
        long read = 0;
        long number = 0;
        long skip = dry ? 0 : mark.lines();
        if (skip > 0) {
            screen.say("going on behind line " + skip + ", where the last import was broken off");
        }
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            @Nullable AccountCsv csv = null;
            String line = line(text);
            boolean table = line != null && !line.stripLeading().startsWith("{");
            for (; line != null; line = line(text)) {
                number++;
                read += line.length() + 1L;
                if (number == 1 && table) {
                    csv = new AccountCsv(line);
                } else if (number > skip && !line.isBlank()) {
                    one(number, line, csv);
                    if (batch.size() == Administering.BATCH_MAX) {
                        send(control);
                        progress(read, size);
                        if (!dry) {
                            mark.keep(number);
                        }
                    }
                }
            }
        }
        send(control);
        return number;
    }

    /// The next line; of one that is too long the beginning, since nobody knows how much memory the rest would take.
    private static @Nullable String line(BufferedReader text) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = text.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() <= LINE_CHARACTERS_MAX) {
                line.append((char) c);
            }
            c = text.read();
        }
        return line.toString();
    }

    private void one(long number, String line, @Nullable AccountCsv csv) {
        if (line.length() > LINE_CHARACTERS_MAX) {
            complain(number, "longer than " + LINE_CHARACTERS_MAX + " characters");
            return;
        }
        switch (csv == null ? AccountLine.json(line, roles) : csv.read(line, roles)) {
            case AccountLine.Read.Account(Administering.Newcomer newcomer) ->
                    batch.add(new Numbered(number, newcomer));
            case AccountLine.Read.Bad(String why) -> complain(number, why);
        }
    }

    private void send(OperatorClient control) {
        if (batch.isEmpty()) {
            return;
        }
        List<Administering.Fate> fates =
                control.post(
                                Administering.IMPORT,
                                new Administering.Batch(
                                        batch.stream().map(Numbered::newcomer).toList(), dry),
                                Administering.Fates.class)
                        .fates();
        for (int i = 0; i < batch.size(); i++) {
            Administering.Fate fate = fates.get(i);
            switch (fate.outcome()) {
                case "added" -> added++;
                case "there" -> there++;
                default -> complain(batch.get(i).line(), String.valueOf(fate.why()));
            }
        }
        batch.clear();
    }

    private void complain(long line, String why) {
        bad++;
        if (bad <= COMPLAINTS_MAX) {
            screen.progressEnds();
            screen.say(file + ":" + line + ": " + Screen.harmless(why));
        } else if (bad == COMPLAINTS_MAX + 1) {
            screen.say("more bad lines are only counted");
        }
    }

    private void progress(long read, long size) {
        int percent = (int) Math.min(100, read * 100 / size);
        String bar = "#".repeat(percent / 4) + ".".repeat(25 - percent / 4);
        screen.progress(
                String.format(
                        Locale.ROOT,
                        "[%s] %3d %%  %,d added, %,d there, %,d bad",
                        bar,
                        percent,
                        added,
                        there,
                        bad));
    }
}
