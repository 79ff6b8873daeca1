package dev.ringwall.model;

import java.util.Comparator;
import java.util.Objects;

/// Something wrong with a declaration, said so that its author can mend it without asking anyone.
///
/// @param rule     a stable word (`unknown-key`, `no-such-operation`); it is the SARIF `ruleId` and is never renamed
/// @param severity whether the declaration can run with it
/// @param line     where
/// @param message  what was read and what was expected
/// @param remedy   what to write instead
public record Problem(String rule, Severity severity, Line line, String message, String remedy) {

    /// Reading order: by place, then by rule.
    public static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(Problem::line).thenComparing(Problem::rule);

    /// How much a problem weighs.
    public enum Severity {
        /// The declaration does not load.
        ERROR,
        /// It loads; somebody should look.
        WARNING,
        /// Worth knowing.
        NOTE
    }

    public Problem {
        Objects.requireNonNull(rule);
        Objects.requireNonNull(severity);
        Objects.requireNonNull(line);
        Objects.requireNonNull(message);
        Objects.requireNonNull(remedy);
    }

    /// A problem that keeps the declaration from loading.
    public static Problem error(String rule, Line line, String message, String remedy) {
        return new Problem(rule, Severity.ERROR, line, message, remedy);
    }

    /// A problem that somebody should look at.
    public static Problem warning(String rule, Line line, String message, String remedy) {
        return new Problem(rule, Severity.WARNING, line, message, remedy);
    }

    /// Whether the declaration cannot run because of it.
    public boolean stops() {
        return severity == Severity.ERROR;
    }
}
