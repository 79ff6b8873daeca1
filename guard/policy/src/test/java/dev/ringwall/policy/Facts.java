package dev.ringwall.policy;

import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Condition;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.Door;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Registration;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import dev.ringwall.model.ThirdParty;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A system as a list of single statements, so that a test can leave one out. Each statement has a line of its own.
///
/// Services are `s0`, `s1`, …, roles `r0`, …; each service has the operations `v0`, …; `t0.v0` is a third party's.
record Facts(
        int services,
        int verbs,
        int roles,
        List<Fact> facts,
        Map<String, String> conditions,
        String method) {

    static final int THIRD_PARTY_LINE = 9_000;
    private static final int CONDITION_LINE = 5_000;

    /// One statement that gives somebody a right.
    sealed interface Fact {
        record Everybody(OperationName operation) implements Fact {}

        record HoldersOf(String role, OperationName operation) implements Fact {}

        record Calls(String service, OperationName operation) implements Fact {}
    }

    static final OperationName THIRD_PARTY = new OperationName("t0", "v0");

    static Facts random(RandomGenerator random) {
        int services = 1 + random.nextInt(5);
        int verbs = 1 + random.nextInt(4);
        int roles = 1 + random.nextInt(5);
        List<Fact> facts = new ArrayList<>();
        for (OperationName name : names(services, verbs)) {
            int kind = random.nextInt(4);
            if (kind == 0) {
                facts.add(new Fact.Everybody(name));
            }
            for (int role = 0; kind > 1 && role < roles; role++) {
                if (random.nextBoolean()) {
                    facts.add(new Fact.HoldersOf("r" + role, name));
                }
            }
        }
        for (int service = 0; service < services; service++) {
            for (OperationName name : names(services, verbs)) {
                if (!name.owner().equals("s" + service) && random.nextInt(3) == 0) {
                    facts.add(new Fact.Calls("s" + service, name));
                }
            }
            if (random.nextBoolean()) {
                facts.add(new Fact.Calls("s" + service, THIRD_PARTY));
            }
        }
        return new Facts(services, verbs, roles, facts, Map.of(), "GET");
    }

    /// One service `s0` with one operation `s0.v0` for `r0`, `r1`, which has that condition; `s1` calls it.
    static Facts conditioned(String method, String expression) {
        OperationName name = new OperationName("s0", "v0");
        return new Facts(
                2,
                1,
                3,
                List.of(
                        new Fact.HoldersOf("r0", name),
                        new Fact.HoldersOf("r1", name),
                        new Fact.Calls("s1", name)),
                Map.of("s0.v0", expression),
                method);
    }

    Facts without(Fact fact) {
        List<Fact> fewer = new ArrayList<>(facts);
        fewer.remove(fact);
        return new Facts(services, verbs, roles, fewer, conditions, method);
    }

    static List<OperationName> names(int services, int verbs) {
        List<OperationName> names = new ArrayList<>();
        for (int service = 0; service < services; service++) {
            for (int verb = 0; verb < verbs; verb++) {
                names.add(new OperationName("s" + service, "v" + verb));
            }
        }
        return names;
    }

    List<OperationName> names() {
        List<OperationName> names = new ArrayList<>(names(services, verbs));
        names.add(THIRD_PARTY);
        return names;
    }

    /// The statement's line.
    static Line line(Fact fact) {
        return new Line("ringwall.yaml", 100 + Math.floorMod(fact.hashCode(), 1000), 5);
    }

    static Line conditionLine() {
        return new Line("ringwall.yaml", CONDITION_LINE, 20);
    }

    Blueprint blueprint() {
        Map<String, Role> declaredRoles = new LinkedHashMap<>();
        for (int role = 0; role < roles; role++) {
            declaredRoles.put("r" + role, role("r" + role));
        }
        Map<String, Service> declared = new LinkedHashMap<>();
        for (int service = 0; service < services; service++) {
            declared.put("s" + service, service("s" + service, service));
        }
        Declaration declaration =
                new Declaration(
                        "system",
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        declaredRoles,
                        Map.of(),
                        Map.of(),
                        declared,
                        Map.of("t0", thirdParty()),
                        Door.PLAIN,
                        Optional.empty(),
                        Optional.empty(),
                        Registration.closed(new Line("ringwall.yaml", 1, 1)),
                        Optional.empty(),
                        new Declaration.Audit(false, 0),
                        List.of(),
                        Map.of(),
                        new Line("ringwall.yaml", 1, 1));
        return switch (Blueprint.of(declaration)) {
            case Blueprint.Outcome.Sound(Blueprint sound, var _) -> sound;
            case Blueprint.Outcome.Contradictory(var problems) ->
                    throw new AssertionError(problems.toString());
        };
    }

    private static Role role(String name) {
        return new Role(
                name,
                Role.Login.PASSWORD,
                Role.Mfa.NEVER,
                Duration.ofHours(1),
                Optional.empty(),
                List.of(),
                List.of(),
                new Line("ringwall.yaml", 10, 3));
    }

    private Service service(String name, int number) {
        Line line = new Line("ringwall.yaml", 20 + number, 3);
        Map<String, Operation> operations = new LinkedHashMap<>();
        Map<OperationName, Line> calls = new LinkedHashMap<>();
        for (int verb = 0; verb < verbs; verb++) {
            operations.put("v" + verb, operation(new OperationName(name, "v" + verb), line));
        }
        for (Fact fact : facts) {
            if (fact instanceof Fact.Calls(String service, OperationName operation)
                    && service.equals(name)) {
                calls.put(operation, line(fact));
            }
        }
        return new Service(
                name,
                Optional.of(new Service.Runs.Command(List.of("java", "-jar", name + ".jar"), line)),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                operations,
                calls,
                line);
    }

    private Operation operation(OperationName name, Line line) {
        Map<String, Line> roleLines = new TreeMap<>();
        Allow allow = new Allow.Nobody();
        for (Fact fact : facts) {
            if (fact instanceof Fact.Everybody(OperationName open) && open.equals(name)) {
                allow = new Allow.Anyone(line(fact));
            } else if (fact instanceof Fact.HoldersOf(String role, OperationName held)
                    && held.equals(name)) {
                roleLines.put(role, line(fact));
            }
        }
        return new Operation(
                name,
                new HttpRoute(
                        method,
                        List.of(
                                new HttpRoute.Segment.Literal(name.owner()),
                                new HttpRoute.Segment.Literal(name.verb()),
                                new HttpRoute.Segment.Parameter("id"))),
                roleLines.isEmpty() ? allow : new Allow.Roles(roleLines),
                Map.of(),
                Map.of(),
                Optional.ofNullable(conditions.get(name.toString()))
                        .map(expression ->
                                new Condition(
                                        expression,
                                        expression.contains("response"),
                                        conditionLine())),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                line);
    }

    private static ThirdParty thirdParty() {
        Line line = new Line("ringwall.yaml", THIRD_PARTY_LINE, 3);
        return new ThirdParty(
                "t0",
                URI.create("https://t0.example.com"),
                Optional.empty(),
                Map.of(
                        "v0",
                        new Operation(
                                THIRD_PARTY,
                                new HttpRoute("POST", List.of(new HttpRoute.Segment.Literal("v0"))),
                                new Allow.Nobody(),
                                Map.of(),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                line)),
                Optional.empty(),
                line);
    }
}
