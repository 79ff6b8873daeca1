package dev.ringwall.policy;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that the table knows about one operation. The lists of lines are made once, so that an answer makes none.
final class Entry {

    private final String name;
    private final List<Line> anyone;
    private final Map<String, List<Line>> byRole;
    private final Map<String, List<Line>> byService = new HashMap<>();
    private final List<Line> closing;
    private final @Nullable Check check;

    private Entry(
            String name,
            List<Line> anyone,
            Map<String, List<Line>> byRole,
            List<Line> closing,
            @Nullable Check check) {
        this.name = name;
        this.anyone = anyone;
        this.byRole = byRole;
        this.closing = closing;
        this.check = check;
    }

    /// What the operation itself says. A third party's operations have no way in from outside, whatever they say.
    static Entry of(Operation operation, boolean thirdParty, Optional<Check> check) {
        Allow allow = thirdParty ? new Allow.Nobody() : operation.allow();
        String name = operation.name().toString();
        return switch (allow) {
            case Allow.Nobody() ->
                    new Entry(
                            name,
                            List.of(),
                            Map.of(),
                            List.of(operation.line()),
                            check.orElse(null));
            case Allow.Anyone(Line line) ->
                    new Entry(name, List.of(line), Map.of(), List.of(line), check.orElse(null));
            case Allow.Roles(Map<String, Line> roles) -> {
                Map<String, List<Line>> byRole = new HashMap<>();
                roles.forEach((role, line) -> byRole.put(role, List.of(line)));
                yield new Entry(
                        name,
                        List.of(),
                        byRole,
                        roles.values().stream().sorted().distinct().toList(),
                        check.orElse(null));
            }
        };
    }

    /// While compiling: that service lists the operation.
    void callableBy(String service, Line line) {
        byService.put(service, List.of(line));
    }

    /// `orders.place`: the scope.
    String name() {
        return name;
    }

    /// The line that lets everybody in; empty when none does.
    List<Line> anyone() {
        return anyone;
    }

    /// The line that lets holders of the role in; empty when none does.
    List<Line> role(String role) {
        return byRole.getOrDefault(role, List.of());
    }

    /// Whether there is a role that may.
    boolean hasRoles() {
        return !byRole.isEmpty();
    }

    /// The line by which the service calls; empty when none does.
    List<Line> service(String service) {
        return byService.getOrDefault(service, List.of());
    }

    /// The lines that say who may, shown to those who may not.
    List<Line> closing() {
        return closing;
    }

    /// The condition; null when there is none.
    @Nullable Check check() {
        return check;
    }
}
