package dev.ringwall.reading;

import dev.ringwall.model.Line;
import dev.ringwall.model.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A map whose keys are known: hands out its values by the type that each must have, and reports the rest.
final class Section {

    /// Items of one list.
    static final int ITEMS_MAX = 1_000;

    /// Words of formats that other tools guard and this version does not, with what to write instead.
    private static final Map<String, String> NOT_YET =
            Map.of(
                    "graphql",
                            "write it as `http: POST /graphql`; what is in a query is not looked at so far",
                    "kafka", "only operations over HTTP, gRPC and WebSocket are guarded so far",
                    "overlay", "write a declaration for each environment",
                    "overlays", "write a declaration for each environment");

    private final Yaml.Mapping mapping;
    private final String what;
    private final Problems problems;

    private Section(Yaml.Mapping mapping, String what, Problems problems) {
        this.mapping = mapping;
        this.what = what;
        this.problems = problems;
    }

    /// The value as a section; empty when it is no map. Keys that are not in the list are reported here.
    static Optional<Section> of(Yaml value, String what, List<String> keys, Problems problems) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            problems.unexpected(
                    "wrong-type",
                    value,
                    what + " is a map with " + Spoken.list(keys, "and"),
                    "write `{ " + keys.getFirst() + ": … }`");
            return Optional.empty();
        }
        for (Yaml.Entry entry : mapping.entries().values()) {
            String key = entry.key().value();
            if (!keys.contains(key)) {
                String otherwise =
                        NOT_YET.getOrDefault(key, "take it out, or use a key that is known");
                problems.unexpected(
                        "unknown-key",
                        entry.key(),
                        what + " has " + Spoken.list(keys, "and"),
                        Nearest.hint(key, keys, otherwise));
            }
        }
        return Optional.of(new Section(mapping, what, problems));
    }

    Line line() {
        return mapping.line();
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /// Where the key stands, or the section where it does not.
    Line lineOf(String key) {
        Yaml.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.line() : entry.key().line();
    }

    Optional<Yaml> value(String key) {
        return mapping.at(key);
    }

    /// A text that may be left out.
    Optional<Yaml.Text> text(String key) {
        return value(key).flatMap(value -> text(value, "text for `" + key + "`"));
    }

    /// A text that must be there.
    Optional<Yaml.Text> requiredText(String key, String example) {
        require(key, example);
        return text(key);
    }

    /// Reports the key when it is missing.
    void require(String key, String example) {
        if (!has(key)) {
            problems.error(
                    "missing-key",
                    line(),
                    what + " without `" + key + "` (expected: it is there)",
                    "add `" + key + ": " + example + "`");
        }
    }

    /// A list of texts; empty where the key is left out.
    List<Yaml.Text> texts(String key) {
        Optional<Yaml> value = value(key);
        if (value.isPresent() && value.get() instanceof Yaml.Text text) {
            problems.unexpected(
                    "wrong-type",
                    text,
                    "a list for `" + key + "`",
                    "write `" + key + ": [" + (text.value().isBlank() ? "…" : text.value()) + "]`");
            return List.of();
        }
        return oneOrMore(key);
    }

    /// A text or a list of texts; empty where the key is left out.
    List<Yaml.Text> oneOrMore(String key) {
        List<Yaml.Text> texts = new ArrayList<>();
        switch (value(key).orElse(null)) {
            case null -> {}
            case Yaml.Items items -> {
                for (Yaml item : items(key)) {
                    text(item, "text in the list `" + key + "`").ifPresent(texts::add);
                }
                twice(texts);
            }
            case Yaml single -> text(single, "text for `" + key + "`").ifPresent(texts::add);
        }
        return texts;
    }

    /// A list of anything; empty where the key is left out.
    List<Yaml> items(String key) {
        return switch (value(key).orElse(null)) {
            case null -> List.of();
            case Yaml.Items(List<Yaml> items, Line line) when items.size() > ITEMS_MAX -> {
                problems.error(
                        "too-large",
                        line,
                        items.size()
                                + " items in `"
                                + key
                                + "` (expected: at most "
                                + ITEMS_MAX
                                + ")",
                        "declare fewer");
                yield List.of();
            }
            case Yaml.Items(List<Yaml> items, _) -> items;
            case Yaml other -> {
                problems.unexpected(
                        "wrong-type",
                        other,
                        "a list for `" + key + "`",
                        "write `" + key + ": […]`");
                yield List.of();
            }
        };
    }

    /// A map from names to values; empty where the key is left out. Names that have not the form of one are reported and left out.
    List<Yaml.Entry> named(String key) {
        return value(key).map(value -> Named.entries(value, key, problems)).orElse(List.of());
    }

    private Optional<Yaml.Text> text(Yaml value, String expected) {
        if (value instanceof Yaml.Text text && text.kind() == Yaml.Kind.STRING) {
            if (!text.value().isBlank()) {
                return Optional.of(text);
            }
            problems.unexpected(
                    "wrong-type", value, expected, "write something, or leave the key out");
            return Optional.empty();
        }
        String remedy =
                value instanceof Yaml.Text text && text.kind() != Yaml.Kind.NOTHING
                        ? "put it in quotes if it is meant as text: \"" + text.value() + "\""
                        : "write a single value here";
        problems.unexpected("wrong-type", value, expected, remedy);
        return Optional.empty();
    }

    private void twice(List<Yaml.Text> texts) {
        for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (texts.get(i).value().equals(texts.get(j).value())) {
                    problems.error(
                            "duplicate-item",
                            texts.get(i).line(),
                            Problems.quote(texts.get(i)) + " stands twice in the list",
                            "keep one of the two");
                    break;
                }
            }
        }
    }
}
