package dev.ringwall.reading;

import dev.ringwall.model.DataType;
import dev.ringwall.model.DataType.Keep;
import dev.ringwall.model.DataType.Sensitivity;
import dev.ringwall.model.Show;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads one kind of data: `{ class: personal, keep: 2y, fields: [email] }`.
final class DataReader {

    static final List<String> KEYS = List.of("class", "keep", "fields", "purpose", "show");

    static final Map<String, Sensitivity> CLASSES =
            Choice.words(Sensitivity.values(), Sensitivity::word);

    private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,62}");

    private final Problems problems;

    DataReader(Problems problems) {
        this.problems = problems;
    }

    Optional<DataType> read(Yaml.Entry entry) {
        if (entry.key().value().startsWith(Administration.DATA)) {
            problems.unexpected(
                    "reserved-name",
                    entry.key(),
                    "a name that has no meaning yet",
                    "choose another name; `ringwall-…` is what the control plane keeps");
        }
        return Section.of(entry.value(), "a kind of data", KEYS, problems)
                .map(section -> read(entry.key(), section));
    }

    private DataType read(Yaml.Text name, Section section) {
        Sensitivity sensitivity =
                section.requiredText("class", "internal")
                        .flatMap(text -> Choice.of(text, CLASSES, problems))
                        .orElse(Sensitivity.SECRET);
        return new DataType(
                name.value(),
                sensitivity,
                section.text("keep").map(this::keep).orElseGet(Keep.Unstated::new),
                fields(section),
                section.text("purpose").map(Yaml.Text::value),
                show(section),
                name.line());
    }

    private Keep keep(Yaml.Text text) {
        if (text.value().equals("never")) {
            return new Keep.Never();
        }
        return Durations.read(text, Durations.Range.KEEP, problems)
                .<Keep>map(time -> new Keep.Days(wholeDays(time)))
                .orElseGet(Keep.Unstated::new);
    }

    /// At most so long, so a broken day is left off.
    private static int wholeDays(Duration time) {
        return Math.toIntExact(time.toDays());
    }

    private Optional<Show> show(Section section) {
        Optional<Yaml.Text> text = section.text("show");
        Optional<Show> show = text.map(Yaml.Text::value).flatMap(Show::parse);
        if (text.isPresent() && show.isEmpty()) {
            problems.unexpected(
                    "unknown-word",
                    text.get(),
                    "nothing, domain, first1 to first8 or last1 to last8",
                    "write it like `last4`");
        }
        if (show.isPresent() && section.texts("fields").isEmpty()) {
            problems.error(
                    "show-without-fields",
                    section.lineOf("show"),
                    "`show` without `fields` (expected: the names of the fields that are masked)",
                    "add `fields: [pan]`");
        }
        return show;
    }

    private List<String> fields(Section section) {
        List<String> fields = new ArrayList<>();
        for (Yaml.Text field : section.texts("fields")) {
            if (FIELD.matcher(field.value()).matches()) {
                fields.add(field.value());
            } else {
                problems.unexpected(
                        "bad-name",
                        field,
                        "the name of a JSON field: letters, digits, _ and -",
                        "write the last part of the field's name");
            }
        }
        return fields;
    }
}
