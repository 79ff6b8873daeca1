package dev.ringwall.reading;

import java.util.List;

/// Lists as one says them.
final class Spoken {

    private Spoken() {}

    /// `a, b and c`.
    static String list(List<String> words, String last) {
        if (words.size() < 2) {
            return String.join("", words);
        }
        return String.join(", ", words.subList(0, words.size() - 1))
                + " "
                + last
                + " "
                + words.getLast();
    }
}
