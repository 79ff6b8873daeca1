package dev.ringwall.policy;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Condition;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Problem;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that may happen in a system, as a table: one look-up for the operation, one for the caller's role or service.
///
/// What is not in it does not happen. A role's token counts for the operations that it was given for and for no other; `anyone` needs
/// none. A service may do what its `calls` list, whoever may do it from outside. A condition holds for every caller.
/// Immutable; any thread may use it.
public final class Policy {

    private final Map<OperationName, Entry> entries;
    private final Remedies remedies;

    private Policy(Map<OperationName, Entry> entries, Remedies remedies) {
        this.entries = Map.copyOf(entries);
        this.remedies = remedies;
    }

    /// What became of compiling a system.
    public sealed interface Outcome {
        /// The table.
        record Compiled(Policy policy) implements Outcome {}

        /// At least one condition is not one.
        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Compiles the system. The first condition loads CEL, which takes some tenths of a second.
    public static Outcome compile(Blueprint blueprint) {
        Map<OperationName, Entry> entries = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> roles = blueprint.declaration().roles().keySet();
        CelConditions conditions = null;
        for (Operation operation : blueprint.operations().values()) {
            Optional<Check> check = Optional.empty();
            if (operation.when().isPresent()) {
                Condition condition = operation.when().get();
                if (conditions == null) {
                    conditions = new CelConditions(roles);
                }
                switch (conditions.compile(operation, condition)) {
                    case CelConditions.Outcome.Ready(Check ready) -> check = Optional.of(ready);
                    case CelConditions.Outcome.Rejected(List<Problem> wrong) ->
                            problems.addAll(wrong);
                }
            }
            entries.put(
                    operation.name(),
                    Entry.of(operation, blueprint.isThirdParty(operation.name()), check));
        }
        for (Service service : blueprint.services()) {
            service.calls()
                    .forEach((callee, line) -> {
                        Entry entry = entries.get(callee);
                        if (entry != null) {
                            entry.callableBy(service.name(), line);
                        }
                    });
        }
        if (!problems.isEmpty()) {
            problems.sort(Problem.BY_PLACE);
            return new Outcome.Rejected(problems);
        }
        return new Outcome.Compiled(new Policy(entries, new Remedies(blueprint)));
    }

    /// Whether the call may happen.
    public Decision decide(Call call) {
        Entry entry = entries.get(call.operation());
        if (entry == null) {
            return new Decision.Deny(Reason.NOT_DECLARED, List.of(), remedies.notDeclared(call));
        }
        return switch (call.caller()) {
            case Caller.Stranger() -> {
                List<Line> anyone = entry.anyone();
                yield anyone.isEmpty() ? shutOut(entry, call) : conditions(entry, call, anyone);
            }
            case Caller.Person(var _, Set<String> roles, Set<String> scopes, var _) ->
                    byRoles(entry, call, roles, scopes);
            case Caller.Client(var _, Set<String> roles, Set<String> scopes) ->
                    byRoles(entry, call, roles, scopes);
            case Caller.Key(var _, String role) -> byRole(entry, call, role);
            case Caller.Workload(String service, var _) -> {
                List<Line> calls = entry.service(service);
                yield calls.isEmpty()
                        ? new Decision.Deny(
                                Reason.CALL_NOT_DECLARED,
                                remedies.serviceLine(service),
                                remedies.callNotDeclared(call, service))
                        : conditions(entry, call, calls);
            }
        };
    }

    /// Whether the answer to a permitted call may go out. Where [Permitted#holdsAnswer] says so, nobody may see any of it before.
    public Release release(Permitted<Call> permitted, ResponseView response) {
        if (permitted.owed().isEmpty()) {
            return new Release.Released(permitted.because());
        }
        Check check = permitted.owed().get();
        return switch (check.of(permitted.value(), response)) {
            case Check.Verdict.Met() -> new Release.Released(permitted.because());
            case Check.Verdict.NotMet(String why) ->
                    new Release.Withheld(
                            Reason.ANSWER_WITHHELD, List.of(check.condition().line()), why);
            case Check.Verdict.NeedsAnswer() ->
                    new Release.Withheld(
                            Reason.ANSWER_WITHHELD,
                            List.of(check.condition().line()),
                            "it cannot be told");
        };
    }

    private Decision byRoles(Entry entry, Call call, Set<String> roles, Set<String> scopes) {
        if (!entry.anyone().isEmpty()) {
            return conditions(entry, call, entry.anyone());
        }
        List<Line> allowed = List.of();
        for (String role : roles) {
            List<Line> lines = entry.role(role);
            if (!lines.isEmpty()
                    && (allowed.isEmpty() || lines.getFirst().compareTo(allowed.getFirst()) < 0)) {
                allowed = lines;
            }
        }
        if (allowed.isEmpty()) {
            return shutOut(entry, call);
        }
        return scopes.contains(entry.name())
                ? conditions(entry, call, allowed)
                : new Decision.Deny(Reason.SCOPE_MISSING, allowed, remedies.scopeMissing(call));
    }

    private Decision byRole(Entry entry, Call call, String role) {
        List<Line> lines = entry.anyone().isEmpty() ? entry.role(role) : entry.anyone();
        return lines.isEmpty() ? shutOut(entry, call) : conditions(entry, call, lines);
    }

    private Decision shutOut(Entry entry, Call call) {
        boolean tokenWouldHelp = call.caller() instanceof Caller.Stranger && entry.hasRoles();
        return new Decision.Deny(
                tokenWouldHelp ? Reason.NO_TOKEN : Reason.NOT_ALLOWED,
                entry.closing(),
                remedies.notAllowed(call));
    }

    private static Decision conditions(Entry entry, Call call, List<Line> because) {
        Check check = entry.check();
        if (check == null) {
            return new Decision.Allow(new Permitted<>(call, because, Optional.empty()));
        }
        List<Line> both = List.of(because.getFirst(), check.condition().line());
        return switch (check.of(call)) {
            case Check.Verdict.Met() ->
                    new Decision.Allow(new Permitted<>(call, both, Optional.empty()));
            case Check.Verdict.NeedsAnswer() ->
                    new Decision.Allow(new Permitted<>(call, both, Optional.of(check)));
            case Check.Verdict.NotMet(String why) ->
                    new Decision.Deny(
                            Reason.CONDITION_FAILED,
                            List.of(check.condition().line()),
                            Remedies.conditionFailed(check.condition(), why));
        };
    }
}
