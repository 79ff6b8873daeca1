package dev.ringwall.attack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a run showed.
///
/// @param results in the order in which they are derived
public record Report(String system, Instant at, Duration took, List<Result> results) {

    public Report {
        results = List.copyOf(results);
    }

    /// Whether everything did what the declaration says, or is knowingly accepted.
    public boolean proved() {
        return results.stream().allMatch(result -> result.verdict().settled());
    }

    /// What the command exits with: 0 when proved, else 1.
    public int exitCode() {
        return proved() ? 0 : 1;
    }

    /// What is not as declared, in the order of the report.
    public List<Result> open() {
        return results.stream().filter(result -> !result.verdict().settled()).toList();
    }

    /// For people: what does not hold comes first, then everything by what it is about.
    public String table() {
        return TableReport.render(this);
    }

    /// The last lines of the table: how many attacks and how many stopped.
    public String summary() {
        return TableReport.summary(this);
    }

    /// For programs; members are added, never renamed.
    public String json() {
        return JsonReport.render(this);
    }

    /// JUnit XML, as build servers read it.
    public String junit() {
        return JunitReport.render(this);
    }

    /// SARIF 2.1.0: one result for each thing that does not hold, at its line of the declaration.
    public String sarif() {
        return SarifReport.render(this);
    }
}
