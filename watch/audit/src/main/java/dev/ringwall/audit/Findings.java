package dev.ringwall.audit;

import java.util.ArrayList;
import java.util.List;

/// Collects findings up to a number.
final class Findings {

    private final List<Finding> all = new ArrayList<>();

    void add(Finding finding) {
        if (!full()) {
            all.add(finding);
        }
    }

    boolean full() {
        return all.size() >= LogVerifier.FINDINGS_MAX;
    }

    boolean none() {
        return all.isEmpty();
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
