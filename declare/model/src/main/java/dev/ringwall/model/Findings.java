package dev.ringwall.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Gathers what the cross checks find. A risk that somebody accepted by name is left out.
final class Findings {

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> accepted = new HashSet<>();

    Findings(Declaration declaration) {
        declaration.acceptedRisks().forEach(risk -> accepted.add(risk.risk()));
    }

    List<Problem> problems() {
        return problems;
    }

    /// A contradiction; nobody can accept it.
    void error(String rule, Line line, String message, String remedy) {
        problems.add(Problem.error(rule, line, message, remedy));
    }

    /// Something worth knowing.
    void note(String rule, Line line, String message, String remedy) {
        problems.add(new Problem(rule, Problem.Severity.NOTE, line, message, remedy));
    }

    /// A risk about a thing; `accepted-risks` may name it as `subject/rule`.
    void risk(
            String rule,
            Problem.Severity severity,
            String subject,
            Line line,
            String message,
            String remedy) {
        if (!accepted.contains(subject + "/" + rule)) {
            problems.add(
                    new Problem(
                            rule,
                            severity,
                            line,
                            message,
                            remedy + "; or accept the risk `" + subject + "/" + rule + "`"));
        }
    }

    /// A risk that somebody should look at.
    void warning(String rule, String subject, Line line, String message, String remedy) {
        risk(rule, Problem.Severity.WARNING, subject, line, message, remedy);
    }
}
