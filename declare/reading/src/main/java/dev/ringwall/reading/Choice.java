package dev.ringwall.reading;

import dev.ringwall.model.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One of a few words that the grammar knows.
final class Choice {

    private Choice() {}

    /// The words of an enumeration, in its order.
    static <T> Map<String, T> words(T[] meanings, Function<T, String> word) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T meaning : meanings) {
            words.put(word.apply(meaning), meaning);
        }
        return Collections.unmodifiableMap(words);
    }

    /// What the word stands for; empty when it is not one of them, which is then among the problems.
    ///
    /// @param words the words in the order in which a message says them
    static <T> Optional<T> of(Yaml.Text text, Map<String, T> words, Problems problems) {
        T meaning = words.get(text.value());
        if (meaning == null) {
            List<String> known = new ArrayList<>(words.keySet());
            problems.unexpected(
                    "unknown-word",
                    text,
                    Spoken.list(known, "or"),
                    Nearest.hint(text.value(), known, "write one of them"));
        }
        return Optional.ofNullable(meaning);
    }
}
