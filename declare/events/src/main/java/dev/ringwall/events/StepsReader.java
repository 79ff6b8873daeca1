package dev.ringwall.events;

import dev.ringwall.model.Ring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the rings of a call in either form that [EventText] writes: by name, or as a list, which was the only one at first.
final class StepsReader {

    private static final Map<String, Ring> RINGS = JsonValues.words(Ring.values());

    private final JsonValues json;
    private @Nullable List<Step> listed;
    private @Nullable Map<Ring, Long> micros;

    StepsReader(JsonValues json) {
        this.json = json;
    }

    /// Reads the value that the parser stands on.
    void rings(String name) {
        JsonValues.once(name, listed);
        JsonValues.once(name, micros);
        if (json.atList()) {
            List<Step> steps = new ArrayList<>();
            json.array(
                    name,
                    () -> {
                        StepReader step = new StepReader();
                        json.object("a ring", step::field);
                        steps.add(step.step());
                    });
            listed = steps;
        } else {
            Map<Ring, Long> each = new LinkedHashMap<>();
            json.object(
                    name,
                    word -> {
                        Ring ring = JsonValues.constant("ring", RINGS, word);
                        each.put(ring, json.number(word, each.get(ring)));
                    });
            micros = each;
        }
    }

    /// The rings that were read, none where none were.
    List<Step> steps(@Nullable String stoppedBy, Map<String, String> notes) {
        List<Step> steps = new ArrayList<>();
        if (micros == null) {
            steps.addAll(listed == null ? List.of() : listed);
        } else {
            for (Map.Entry<Ring, Long> each : micros.entrySet()) {
                String word = each.getKey().word();
                steps.add(
                        new Step(
                                each.getKey(),
                                !word.equals(stoppedBy),
                                each.getValue(),
                                notes.getOrDefault(word, "")));
            }
        }
        if (stoppedBy != null
                && (steps.isEmpty() || !steps.getLast().ring().word().equals(stoppedBy))) {
            throw new IllegalArgumentException("stoppedBy " + stoppedBy + " is not the last ring");
        }
        for (String noted : notes.keySet()) {
            JsonValues.constant("ring", RINGS, noted);
        }
        return steps;
    }

    private final class StepReader {
        private @Nullable String ring;
        private @Nullable Boolean passed;
        private @Nullable Long micros;
        private @Nullable String note;

        void field(String name) {
            switch (name) {
                case "ring" -> ring = json.text(name, ring);
                case "passed" -> passed = json.truth(name, passed);
                case "micros" -> micros = json.number(name, micros);
                case "note" -> note = json.text(name, note);
                default -> json.pass();
            }
        }

        Step step() {
            return new Step(
                    JsonValues.constant("ring", RINGS, ring),
                    JsonValues.there("passed", passed),
                    JsonValues.there("micros", micros),
                    note == null ? "" : note);
        }
    }
}
