package dev.ringwall.model;

import java.util.HashMap;
import java.util.Map;

/// What answers of one operation look like, taken from the service's OpenAPI document. Members that it does not name do not leave.
///
/// Schemas are JSON texts that stand for themselves: what they refer to is inside them.
///
/// @param answers status (`200`, `2XX` or `default`) → media type → schema of the body; what has none here is not looked at
public record AnswerShape(Map<String, Map<String, String>> answers) {

    /// Nothing is said of answers.
    public static final AnswerShape OPEN = new AnswerShape(Map.of());

    public AnswerShape {
        Map<String, Map<String, String>> copy = new HashMap<>();
        answers.forEach((status, bodies) -> copy.put(status, Map.copyOf(bodies)));
        answers = Map.copyOf(copy);
    }

    /// Whether nothing is said.
    public boolean open() {
        return answers.values().stream().allMatch(Map::isEmpty);
    }
}
