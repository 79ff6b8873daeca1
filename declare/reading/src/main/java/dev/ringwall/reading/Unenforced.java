package dev.ringwall.reading;

import dev.ringwall.model.Line;
import java.util.LinkedHashMap;
import java.util.Map;

/// Words that were understood and that this version does not enforce; the declaration carries them, and does not load with them.
final class Unenforced {

    private final Map<Line, String> words = new LinkedHashMap<>();

    void add(Line line, String word) {
        words.put(line, word);
    }

    Map<Line, String> words() {
        return words;
    }
}
