package dev.ringwall.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gathers what the cross checks find. A risk that somebody accepted by name is left out.
final class Findings {

    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> accepted = new HashSet<>();
    private final Map<String, Role> roles;

    Findings(Declaration declaration) {
        roles = declaration.roles();
        declaration.acceptedRisks().forEach(risk -> accepted.add(risk.risk()));
    }

    List<Problem> problems() {
        return problems;
    }

    /// The declared role of that name; where there is none, a contradiction and empty.
    Optional<Role> role(String name, Line line) {
        Role role = roles.get(name);
        if (role == null) {
            error(
                    "unknown-role",
                    line,
                    "`" + name + "` (expected: a role that is declared)",
                    Nearest.hint(
                            name, roles.keySet(), "declare it under `roles`, or take it out here"));
        }
        return Optional.ofNullable(role);
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
