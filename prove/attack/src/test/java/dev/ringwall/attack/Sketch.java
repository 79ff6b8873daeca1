package dev.ringwall.attack;

import dev.ringwall.model.AcceptedRisk;
import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Client;
import dev.ringwall.model.Condition;
import dev.ringwall.model.Counters;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.Door;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.HttpRoute.Protocol;
import dev.ringwall.model.HttpRoute.Segment;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Line;
import dev.ringwall.model.Network;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Registration;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import dev.ringwall.model.ThirdParty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes blueprints in a few words.
final class Sketch {

    private Sketch() {}

    static Blueprint sound(
            String system,
            Map<String, Role> roles,
            Map<String, Service> services,
            Map<String, ThirdParty> parties,
            List<AcceptedRisk> risks) {
        return sound(
                system,
                Map.of(),
                roles,
                Map.of(),
                services,
                parties,
                Door.PLAIN,
                Optional.empty(),
                risks);
    }

    static Blueprint sound(
            String system,
            Map<String, DataType> data,
            Map<String, Role> roles,
            Map<String, Client> clients,
            Map<String, Service> services,
            Map<String, ThirdParty> parties,
            Door door,
            Optional<Counters> counters,
            List<AcceptedRisk> risks) {
        Declaration declaration =
                new Declaration(
                        system,
                        Optional.empty(),
                        List.of(),
                        data,
                        roles,
                        clients,
                        Map.of(),
                        services,
                        parties,
                        door,
                        counters,
                        Optional.empty(),
                        Registration.closed(line(1)),
                        Optional.empty(),
                        new Declaration.Audit(false, 0),
                        risks,
                        Map.of(),
                        line(1));
        return switch (Blueprint.of(declaration)) {
            case Blueprint.Outcome.Sound(Blueprint blueprint, _) -> blueprint;
            case Blueprint.Outcome.Contradictory(var problems) ->
                    throw new IllegalStateException(problems.toString());
        };
    }

    static Line line(int number) {
        return new Line("ringwall.yaml", number, 1);
    }

    static Role role(
            String name, Role.Login login, List<Network> from, List<Limit> limits, int line) {
        return new Role(
                name,
                login,
                Role.Mfa.NEVER,
                Role.SESSION_DEFAULT,
                Optional.empty(),
                from,
                limits,
                line(line));
    }

    static Limit limit(long count, Duration per, Limit.Key key, int line) {
        return new Limit(count, per, key, line(line));
    }

    static Allow allow(int line, String... roles) {
        Map<String, Line> lines = new LinkedHashMap<>();
        Arrays.stream(roles).forEach(role -> lines.put(role, line(line)));
        return new Allow.Roles(lines);
    }

    static Service service(String name, List<Operation> operations, List<String> calls) {
        Map<String, Operation> byVerb = new LinkedHashMap<>();
        operations.forEach(operation -> byVerb.put(operation.name().verb(), operation));
        Map<OperationName, Line> called = new LinkedHashMap<>();
        calls.forEach(call -> called.put(OperationName.parse(call).orElseThrow(), line(40)));
        return new Service(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                byVerb,
                called,
                operations.getFirst().line());
    }

    static Operation operation(
            String name, String route, Allow allow, String when, Limit... limits) {
        Line line = allow instanceof Allow.Anyone(Line at) ? at : line((name.length() % 40) + 1);
        if (allow instanceof Allow.Roles(var roles)) {
            line = roles.values().iterator().next();
        }
        List<Segment> segments = new ArrayList<>();
        String[] words = route.split("[ /]+");
        for (String word : List.of(words).subList(1, words.length)) {
            segments.add(
                    word.startsWith("{")
                            ? new Segment.Parameter(word.substring(1, word.length() - 1))
                            : new Segment.Literal(word));
        }
        return new Operation(
                OperationName.parse(name).orElseThrow(),
                switch (words[0]) {
                    case "grpc" -> new HttpRoute(Protocol.GRPC, "POST", segments);
                    case "websocket" -> new HttpRoute(Protocol.WEBSOCKET, "GET", segments);
                    default -> new HttpRoute(words[0], segments);
                },
                allow,
                Map.of(),
                Map.of(),
                when.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Condition(when, when.contains("response"), line)),
                Optional.empty(),
                List.of(limits),
                Optional.empty(),
                line);
    }
}
