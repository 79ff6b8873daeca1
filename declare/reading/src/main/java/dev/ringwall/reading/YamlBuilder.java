package dev.ringwall.reading;

import dev.ringwall.model.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A map or list that is still being read.
final class YamlBuilder {

    private final boolean mapping;
    private final Line line;
    private final Problems problems;
    private final List<Yaml> items = new ArrayList<>();
    private final Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    private @Nullable Yaml key;

    YamlBuilder(boolean mapping, Line line, Problems problems) {
        this.mapping = mapping;
        this.line = line;
        this.problems = problems;
    }

    void put(Yaml value) {
        if (!mapping) {
            items.add(value);
        } else if (key == null) {
            key = value;
        } else {
            entry(key, value);
            key = null;
        }
    }

    Yaml build() {
        return mapping ? new Yaml.Mapping(entries, line) : new Yaml.Items(items, line);
    }

    private void entry(Yaml key, Yaml value) {
        if (!(key instanceof Yaml.Text text) || text.kind() == Yaml.Kind.NOTHING) {
            problems.unexpected("wrong-type", key, "a word as the key", "write `name: value`");
            return;
        }
        Yaml.Entry earlier = entries.putIfAbsent(text.value(), new Yaml.Entry(text, value));
        if (earlier != null) {
            problems.error(
                    "duplicate-key",
                    text.line(),
                    Problems.quote(text) + " stands here and in " + earlier.key().line(),
                    "keep one of the two");
        }
    }
}
