package dev.ringwall.reading;

import dev.ringwall.model.Line;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A YAML document as plain values that know where they stand. Nothing is constructed from it but text, lists and maps.
sealed interface Yaml {

    Line line();

    /// Keys with their values, in the order of the file.
    record Mapping(Map<String, Entry> entries, Line line) implements Yaml {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        Optional<Yaml> at(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }
    }

    /// One key with its value.
    record Entry(Text key, Yaml value) {}

    /// A list.
    record Items(List<Yaml> items, Line line) implements Yaml {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// Anything written as text; what it would be in JSON depends on its kind.
    record Text(String value, Kind kind, Line line) implements Yaml {}

    /// What a text without quotes stands for (YAML 1.2.2 §10.3, the core schema).
    enum Kind {
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NOTHING
    }
}
