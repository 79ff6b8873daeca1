package dev.ringwall.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.ringwall.model.Condition;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns conditions into checks: parsed, type-checked, bounded. CEL is loaded with this class, so only where a declaration has conditions.
final class CelConditions {

    /// How often the loops (`all`, `exists`, …) of one evaluation may turn in all.
    static final int ITERATIONS_MAX = 10_000;

    /// How many parts an expression may have.
    static final int NODES_MAX = 1_000;

    /// How large a regular expression may become; they take linear time.
    static final int REGEX_SIZE_MAX = 1_000;

    private static final String HAS_ROLE = "caller_has_role";
    private static final String REMEDY =
            "a condition is a CEL expression that is true or false, over caller, request and response:"
                    + " caller.has('clerk') || response.owner == caller.id";
    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(Condition.LENGTH_MAX)
                    .maxParseExpressionNodeCount(NODES_MAX)
                    .comprehensionMaxIterations(ITERATIONS_MAX)
                    .maxRegexProgramSize(REGEX_SIZE_MAX)
                    .enableHeterogeneousNumericComparisons(true)
                    .build();

    private final Set<String> roles;
    private final CelCompiler compiler;
    private final CelRuntime runtime;

    /// For the conditions of a system that has these roles.
    CelConditions(Set<String> roles) {
        this.roles = roles;
        this.compiler =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .setTypeProvider(new CelTypes())
                        .addVar(CelTypes.CALLER_NAME, CelTypes.CALLER)
                        .addVar(CelTypes.REQUEST_NAME, CelTypes.REQUEST)
                        .addVar(CelTypes.RESPONSE, SimpleType.DYN)
                        .addVar(CelTypes.RESPONSE_STATUS, SimpleType.INT)
                        .addVar(CelTypes.RESPONSE_HEADERS, CelTypes.TEXTS)
                        .addFunctionDeclarations(
                                CelFunctionDecl.newFunctionDeclaration(
                                        "has",
                                        CelOverloadDecl.newMemberOverload(
                                                HAS_ROLE,
                                                SimpleType.BOOL,
                                                CelTypes.CALLER,
                                                SimpleType.STRING)))
                        .setResultType(SimpleType.BOOL)
                        .build();
        this.runtime =
                CelRuntimeFactory.plannerRuntimeBuilder()
                        .setOptions(OPTIONS)
                        .addFunctionBindings(
                                CelFunctionBinding.from(
                                        HAS_ROLE,
                                        Map.class,
                                        String.class,
                                        (caller, role) ->
                                                caller.get("roles") instanceof Collection<?> held
                                                        && held.contains(role)))
                        .build();
    }

    /// What became of a condition.
    sealed interface Outcome {
        record Ready(Check check) implements Outcome {}

        record Rejected(List<Problem> problems) implements Outcome {}
    }

    Outcome compile(Operation operation, Condition condition) {
        CelValidationResult checked = compiler.compile(condition.expression());
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            CelNavigableAst parts = CelNavigableAst.fromAst(tree);
            boolean onResponse = looksAtAnswer(parts);
            List<Problem> problems = new ArrayList<>(unknownRoles(parts, condition));
            if (onResponse && !operation.route().safe()) {
                problems.add(
                        Problem.error(
                                "condition-after-the-fact",
                                condition.line(),
                                operation.name()
                                        + " is "
                                        + operation.route().method()
                                        + ", and when its answer is there, it has been done",
                                "write the condition with `caller` and `request` alone"));
            }
            return problems.isEmpty()
                    ? new Outcome.Ready(
                            new CelCheck(condition, onResponse, runtime.createProgram(tree)))
                    : new Outcome.Rejected(problems);
        } catch (CelValidationException wrong) {
            return new Outcome.Rejected(
                    wrong.getErrors().stream().map(issue -> problem(condition, issue)).toList());
        } catch (CelEvaluationException cannotRun) {
            return new Outcome.Rejected(
                    List.of(
                            Problem.error(
                                    "condition-invalid",
                                    condition.line(),
                                    "`" + condition.expression() + "`: " + cannotRun.getMessage(),
                                    REMEDY)));
        }
    }

    private static Problem problem(Condition condition, CelIssue issue) {
        return Problem.error(
                "condition-invalid",
                at(
                        condition,
                        issue.getSourceLocation().getLine(),
                        issue.getSourceLocation().getColumn()),
                "`" + condition.expression() + "`: " + issue.getMessage(),
                REMEDY);
    }

    /// Where in the declaration the expression's line (from 1) and column (from 0) are.
    private static Line at(Condition condition, int line, int column) {
        Line start = condition.line();
        return line <= 1
                ? new Line(start.file(), start.number(), start.column() + Math.max(0, column))
                : new Line(start.file(), start.number() + line - 1, Math.max(0, column) + 1);
    }

    private static boolean looksAtAnswer(CelNavigableAst parts) {
        return parts.getRoot()
                .allNodes()
                .anyMatch(part ->
                        part.getKind() == ExprKind.Kind.IDENT
                                && CelTypes.OF_THE_ANSWER.contains(part.expr().ident().name()));
    }

    /// A role that nobody can have makes a condition that nobody meets, mostly by a slip of the pen.
    private List<Problem> unknownRoles(CelNavigableAst parts, Condition condition) {
        return parts.getRoot()
                .allNodes()
                .filter(part -> part.getKind() == ExprKind.Kind.CALL)
                .map(CelNavigableExpr::expr)
                .filter(call ->
                        call.call().function().equals("has") && call.call().target().isPresent())
                .flatMap(call -> call.call().args().stream())
                .filter(role -> role.getKind() == ExprKind.Kind.CONSTANT)
                .map(CelExpr::constant)
                .filter(role -> role.getKind() == CelConstant.Kind.STRING_VALUE)
                .map(CelConstant::stringValue)
                .filter(role -> !roles.contains(role))
                .map(role ->
                        Problem.error(
                                "no-such-role",
                                condition.line(),
                                "`"
                                        + condition.expression()
                                        + "` asks for the role "
                                        + role
                                        + ", which is not declared",
                                "name one of " + roles + ", or declare " + role))
                .toList();
    }
}
