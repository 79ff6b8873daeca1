package dev.ringwall.reading;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Cases with their input and output in one file.
///
/// A case begins with `=== name`, its files with `--- path`, its problems with `--- problems`. `-Dringwall.golden=write` writes the
/// problems anew; look at the difference before it is kept.
final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/dev/ringwall/reading");

    private static final String OUTPUT = "problems";

    private Golden() {}

    /// One declaration and what is wrong with it.
    ///
    /// @param flags words in brackets behind the name
    record Case(String name, List<String> flags, Map<String, String> files, List<String> problems) {

        /// What is wrong with it. What is merely unused is left out unless the case is about that, marked `notes`.
        List<String> found() {
            return Golden.problems(read(), flags.contains("notes"));
        }

        Reading read() {
            return Reader.read(files, "ringwall.yaml");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases(String file) throws IOException {
        String text = Files.readString(FOLDER.resolve(file));
        List<Case> cases = new ArrayList<>();
        for (String part : text.split("(?m)^=== ", -1)) {
            if (!part.isBlank()) {
                cases.add(parse(part));
            }
        }
        if (System.getProperty("ringwall.golden", "").equals("write")) {
            cases.replaceAll(one -> new Case(one.name(), one.flags(), one.files(), one.found()));
            Files.writeString(FOLDER.resolve(file), print(cases));
        }
        return cases;
    }

    private static Case parse(String part) {
        int end = part.indexOf('\n');
        String[] head = part.substring(0, end).strip().split(" \\[|\\]", -1);
        Map<String, String> files = new LinkedHashMap<>();
        List<String> problems = List.of();
        for (String piece : part.substring(end + 1).split("(?m)^--- ", -1)) {
            int cut = piece.indexOf('\n');
            if (cut < 0 || piece.isBlank()) {
                continue;
            }
            String path = piece.substring(0, cut).strip();
            String body = piece.substring(cut + 1);
            if (path.equals(OUTPUT)) {
                problems = body.lines().filter(line -> !line.isBlank()).toList();
            } else {
                files.put(path, body);
            }
        }
        List<String> flags = head.length > 1 ? List.of(head[1].split(" ", -1)) : List.of();
        return new Case(head[0], flags, files, problems);
    }

    private static String print(List<Case> cases) {
        StringBuilder text = new StringBuilder();
        for (Case one : cases) {
            text.append("=== ").append(one.name());
            if (!one.flags().isEmpty()) {
                text.append(" [").append(String.join(" ", one.flags())).append(']');
            }
            text.append('\n');
            one.files()
                    .forEach((path, body) ->
                            text.append("--- ").append(path).append('\n').append(body));
            text.append("--- problems\n");
            one.problems().forEach(problem -> text.append(problem).append('\n'));
            text.append('\n');
        }
        return text.toString();
    }

    /// Every problem of the declaration, in two lines each: what and where, and the remedy.
    static List<String> problems(Reading reading) {
        return problems(reading, true);
    }

    private static List<String> problems(Reading reading, boolean unused) {
        List<Problem> problems =
                switch (reading) {
                    case Reading.Unreadable(var found, _) -> found;
                    case Reading.Read(var declaration, _) -> Blueprint.of(declaration).problems();
                };
        return problems.stream()
                .filter(problem -> unused || !problem.rule().startsWith("unused-"))
                .flatMap(problem ->
                        java.util.stream.Stream.of(
                                "%s:%d %s[%s] %s"
                                        .formatted(
                                                problem.line(),
                                                problem.line().column(),
                                                problem.severity()
                                                        .name()
                                                        .toLowerCase(java.util.Locale.ROOT),
                                                problem.rule(),
                                                problem.message()),
                                "    remedy: " + problem.remedy()))
                .collect(Collectors.toList());
    }
}
