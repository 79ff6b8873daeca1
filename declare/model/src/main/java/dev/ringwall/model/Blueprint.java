package dev.ringwall.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A declared system that makes sense: every name is looked up and both ends of every call agree.
///
/// There is no other way to one than [#of], so code that holds a blueprint need not check again.
public final class Blueprint {

    private final Declaration declaration;
    private final Map<OperationName, Operation> operations;

    private Blueprint(Declaration declaration, Map<OperationName, Operation> operations) {
        this.declaration = declaration;
        this.operations = Collections.unmodifiableMap(operations);
    }

    /// What became of a declaration: the system, or why there is none.
    public sealed interface Outcome {
        /// The problems, all at once and in reading order.
        List<Problem> problems();

        /// It makes sense; what remains are warnings and notes.
        record Sound(Blueprint blueprint, List<Problem> problems) implements Outcome {
            public Sound {
                problems = List.copyOf(problems);
            }
        }

        /// It does not load: at least one of the problems is an error.
        record Contradictory(List<Problem> problems) implements Outcome {
            public Contradictory {
                problems = List.copyOf(problems);
            }
        }
    }

    /// Looks up every name and checks both ends of every call.
    public static Outcome of(Declaration declaration) {
        List<Problem> problems = new ArrayList<>(CrossChecks.of(declaration));
        problems.sort(Problem.BY_PLACE);
        if (problems.stream().anyMatch(Problem::stops)) {
            return new Outcome.Contradictory(problems);
        }
        Map<OperationName, Operation> operations = new TreeMap<>();
        for (Service service : declaration.services().values()) {
            service.operations()
                    .values()
                    .forEach(operation -> operations.put(operation.name(), operation));
        }
        for (ThirdParty party : declaration.thirdParties().values()) {
            party.operations()
                    .values()
                    .forEach(operation -> operations.put(operation.name(), operation));
        }
        return new Outcome.Sound(new Blueprint(declaration, operations), problems);
    }

    /// The file that it was made from.
    public Declaration declaration() {
        return declaration;
    }

    /// The system's name.
    public String system() {
        return declaration.system();
    }

    /// Every operation of every service and third party, by name.
    public Map<OperationName, Operation> operations() {
        return operations;
    }

    /// The operation of that name; empty when there is none.
    public Optional<Operation> operation(OperationName name) {
        return Optional.ofNullable(operations.get(name));
    }

    /// The algorithms that the identity provider signs with: that of access tokens, those that clients read, and the usual one, by which it is
    /// known to providers of others.
    public Set<SigningAlgorithm> signedWith() {
        Set<SigningAlgorithm> algorithms = signedForClients();
        algorithms.add(declaration.door().accessTokens());
        return algorithms;
    }

    /// The algorithms of what clients read: the usual one, that of each client, and those that clients which register themselves may choose.
    public Set<SigningAlgorithm> signedForClients() {
        Set<SigningAlgorithm> algorithms = EnumSet.of(SigningAlgorithm.ES256);
        declaration.clients().values().forEach(client -> algorithms.add(client.signedWith()));
        declaration
                .clientRegistration()
                .ifPresent(says -> algorithms.addAll(says.signedWith().keySet()));
        return algorithms;
    }

    /// The services, in the order of the file.
    public Collection<Service> services() {
        return declaration.services().values();
    }

    /// The services that nodes stand beside: all but the one that the control plane itself is.
    public List<Service> programs() {
        return services().stream().filter(service -> !service.builtIn()).toList();
    }

    /// Whether the operation belongs to somebody outside.
    public boolean isThirdParty(OperationName name) {
        return declaration.thirdParties().containsKey(name.owner());
    }

    /// The most sensitive data that the operation takes or gives; `PUBLIC` when it touches none.
    public DataType.Sensitivity sensitivity(Operation operation) {
        DataType.Sensitivity most = DataType.Sensitivity.PUBLIC;
        for (Collection<String> names :
                List.of(operation.accepts().keySet(), operation.returns().keySet())) {
            for (String name : names) {
                DataType type = declaration.data().get(name);
                if (type != null && type.sensitivity().compareTo(most) > 0) {
                    most = type.sensitivity();
                }
            }
        }
        return most;
    }
}
