package dev.ringwall.reading;

import dev.ringwall.model.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Follows `include:` from the entry on. The entry comes first, then what it includes, depth first.
final class Includes {

    /// What every file may say.
    static final List<String> KEYS =
            List.of(
                    "ringwall",
                    "system",
                    "domain",
                    "standards",
                    "include",
                    "data",
                    "roles",
                    "clients",
                    "identity-providers",
                    "services",
                    "administration",
                    "third-parties",
                    "door",
                    "counters",
                    "mail",
                    "registration",
                    "client-registration",
                    "recovery",
                    "audit",
                    "alerts",
                    "accepted-risks");

    /// What only the entry may say, since there is one of it for the whole system.
    static final List<String> ENTRY_ONLY =
            List.of(
                    "system",
                    "domain",
                    "standards",
                    "administration",
                    "door",
                    "counters",
                    "mail",
                    "registration",
                    "client-registration",
                    "recovery",
                    "audit",
                    "alerts");

    private final Sources sources;
    private final Problems problems;
    private final List<Included> found = new ArrayList<>();
    private final Set<FilePath> seen = new HashSet<>();
    private final Deque<FilePath> open = new ArrayDeque<>();

    Includes(Sources sources, Problems problems) {
        this.sources = sources;
        this.problems = problems;
    }

    /// Every file, the entry first; empty when the entry itself cannot be read.
    List<Included> from(FilePath entry) {
        follow(entry, new Line(entry.text(), 1, 1));
        return !found.isEmpty() && found.getFirst().path().equals(entry) ? found : List.of();
    }

    private void follow(FilePath path, Line named) {
        if (!seen.add(path)) {
            problems.error(
                    open.contains(path) ? "include-cycle" : "duplicate-item",
                    named,
                    Problems.quote(path.text())
                            + (open.contains(path)
                                    ? " includes this file, directly or by others"
                                    : " is included twice"),
                    "keep one of the two includes");
            return;
        }
        Optional<Section> section =
                sources.text(path, named)
                        .flatMap(text -> YamlParser.parse(path.text(), text, problems))
                        .flatMap(yaml -> Section.of(yaml, "a declaration", KEYS, problems));
        if (section.isEmpty()) {
            return;
        }
        version(section.get());
        boolean entry = found.isEmpty();
        found.add(new Included(path, section.get()));
        if (!entry) {
            ENTRY_ONLY.stream()
                    .filter(section.get()::has)
                    .forEach(key -> misplaced(section.get(), key));
        }
        open.push(path);
        for (Yaml.Text text : section.get().texts("include")) {
            sources.resolve(path, text).ifPresent(next -> follow(next, text.line()));
        }
        open.pop();
    }

    private void misplaced(Section section, String key) {
        problems.error(
                "only-in-entry",
                section.lineOf(key),
                "`" + key + "` in an included file (expected: in the declaration that includes it)",
                "move it there");
    }

    private void version(Section section) {
        section.require("ringwall", "1");
        section.value("ringwall")
                .filter(value ->
                        !(value instanceof Yaml.Text(String text, Yaml.Kind kind, _)
                                && kind == Yaml.Kind.INTEGER
                                && text.equals("1")))
                .ifPresent(value ->
                        problems.unexpected(
                                "unknown-version",
                                value,
                                "1, the version of the grammar",
                                "write `ringwall: 1`"));
    }
}
