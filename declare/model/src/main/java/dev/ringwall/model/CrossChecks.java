package dev.ringwall.model;

import java.util.ArrayList;
import java.util.List;

/// What must hold between the parts of a declaration.
final class CrossChecks {

    private CrossChecks() {}

    static List<Problem> of(Declaration declaration) {
        List<Problem> problems = new ArrayList<>();
        declaration
                .unenforced()
                .forEach((line, word) ->
                        problems.add(
                                Problem.error(
                                        "not-enforced-yet",
                                        line,
                                        "`"
                                                + word
                                                + "` is understood, but this version does not enforce it",
                                        "take the line out, so that nobody relies on it")));
        return problems;
    }
}
