package dev.ringwall.reading;

import dev.ringwall.model.DataType;
import dev.ringwall.model.DataType.Sensitivity;
import dev.ringwall.model.Line;
import dev.ringwall.model.Nearest;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads who may administer what, `administration: { list-users: { allow: helpdesk } }`, as the operations of a service that the control
/// plane is.
final class AdministrationReader {

    private static final Map<String, Sensitivity> SENSITIVITY =
            Map.of(
                    Administration.ACCOUNT, Sensitivity.PERSONAL,
                    Administration.CREDENTIAL, Sensitivity.SECRET,
                    Administration.SETTING, Sensitivity.INTERNAL);

    private final Problems problems;
    private final OperationReader operations;

    AdministrationReader(Problems problems) {
        this.problems = problems;
        this.operations = new OperationReader(problems);
    }

    Optional<Service> read(Section top) {
        if (!top.has("administration")) {
            return Optional.empty();
        }
        Line line = top.lineOf("administration");
        Yaml.Text name = new Yaml.Text(Service.BUILT_IN, Yaml.Kind.STRING, line);
        Map<String, Operation> verbs = new LinkedHashMap<>();
        List<Yaml.Entry> entries = top.named("administration");
        for (Yaml.Entry entry : entries) {
            for (Administration.BuiltIn each : meant(entry, entries)) {
                operations
                        .ofAdministration(name, entry, each, entry.value())
                        .ifPresent(operation -> verbs.put(each.verb(), operation));
            }
        }
        Map<String, Map<String, Line>> stores = new TreeMap<>();
        verbs.values()
                .forEach(operation ->
                        stores.computeIfAbsent("control", _ -> new TreeMap<>())
                                .putAll(operation.returns()));
        return Optional.of(
                new Service(
                        name.value(),
                        Optional.of(new Service.Runs.BuiltIn(line)),
                        Optional.empty(),
                        Optional.empty(),
                        stores,
                        verbs,
                        Map.of(),
                        line));
    }

    /// The operation of that name; for `scim` all of SCIM that is not named beside it.
    private List<Administration.BuiltIn> meant(Yaml.Entry entry, List<Yaml.Entry> beside) {
        String verb = entry.key().value();
        if (verb.equals(Administration.SCIM)) {
            return Administration.operations().values().stream()
                    .filter(each -> each.verb().startsWith(Administration.SCIM + "-"))
                    .filter(each ->
                            beside.stream()
                                    .noneMatch(other -> other.key().value().equals(each.verb())))
                    .toList();
        }
        Administration.BuiltIn known = Administration.operations().get(verb);
        if (known != null) {
            return List.of(known);
        }
        problems.unexpected(
                "unknown-operation",
                entry.key(),
                "an operation of the control plane",
                Nearest.hint(
                        verb,
                        Administration.operations().keySet(),
                        "docs/reference/administration.md lists them"));
        return List.of();
    }

    /// The kinds of data that those operations touch.
    static Map<String, DataType> data(Service service) {
        Map<String, DataType> data = new TreeMap<>();
        for (Operation operation : service.operations().values()) {
            operation.accepts().forEach((name, line) -> data.putIfAbsent(name, type(name, line)));
            operation.returns().forEach((name, line) -> data.putIfAbsent(name, type(name, line)));
        }
        return data;
    }

    private static DataType type(String name, Line line) {
        return new DataType(
                name,
                SENSITIVITY.getOrDefault(name, Sensitivity.SECRET),
                new DataType.Keep.Unstated(),
                List.of(),
                Optional.of("administration"),
                Optional.empty(),
                line);
    }
}
