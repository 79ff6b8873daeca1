package dev.ringwall.attack;

import dev.ringwall.model.AcceptedRisk;
import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Condition;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.HttpRoute.Segment;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Line;
import dev.ringwall.model.Network;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import dev.ringwall.model.ThirdParty;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shop of the design, put together by hand so that these tests need no reader.
final class Shop {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Shop() {}

    static Blueprint blueprint() {
        return blueprint(List.of());
    }

    static Blueprint blueprint(List<AcceptedRisk> risks) {
        Map<String, Role> roles = new LinkedHashMap<>();
        roles.put("shopper", role("shopper", Role.Login.PASSWORD, List.of(), List.of(), 11));
        roles.put("clerk", role("clerk", Role.Login.PASSWORD, List.of(), List.of(), 12));
        roles.put(
                "warehouse",
                role(
                        "warehouse",
                        Role.Login.API_KEY,
                        List.of(Network.parse("127.0.0.0/8").orElseThrow()),
                        List.of(limit(100, Duration.ofDays(1), Limit.Key.CALLER, 13)),
                        13));
        Map<String, Service> services = new LinkedHashMap<>();
        services.put(
                "catalog",
                service(
                        "catalog",
                        List.of(
                                operation(
                                        "catalog.list",
                                        "GET /products",
                                        new Allow.Anyone(line(20)),
                                        "",
                                        limit(60, MINUTE, Limit.Key.ADDRESS, 20)),
                                operation(
                                        "catalog.edit",
                                        "PUT /products/{sku}",
                                        allow(21, "clerk"),
                                        "")),
                        List.of()));
        services.put(
                "orders",
                service(
                        "orders",
                        List.of(
                                operation(
                                        "orders.place",
                                        "POST /orders",
                                        allow(30, "shopper"),
                                        "",
                                        limit(10, MINUTE, Limit.Key.CALLER, 30)),
                                operation(
                                        "orders.read",
                                        "GET /orders/{id}",
                                        allow(31, "shopper", "clerk"),
                                        "caller.has('clerk') || response.owner == caller.id"),
                                operation(
                                        "orders.ship",
                                        "POST /orders/{id}/ship",
                                        allow(33, "warehouse"),
                                        "")),
                        List.of("catalog.list", "payments.charge")));
        services.put(
                "payments",
                service(
                        "payments",
                        List.of(
                                operation(
                                        "payments.charge",
                                        "POST /charges",
                                        new Allow.Nobody(),
                                        "")),
                        List.of("stripe.charge")));
        Operation charge =
                operation(
                        "stripe.charge",
                        "POST /v1/payment_intents",
                        new Allow.Nobody(),
                        "",
                        limit(50, Duration.ofSeconds(1), Limit.Key.OPERATION, 50));
        ThirdParty stripe =
                new ThirdParty(
                        "stripe",
                        URI.create("http://127.0.0.1:1"),
                        Optional.empty(),
                        Map.of("charge", charge),
                        Optional.empty(),
                        line(48));
        Declaration declaration =
                new Declaration(
                        "shop",
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        roles,
                        services,
                        Map.of("stripe", stripe),
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

    private static Role role(
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

    private static Limit limit(long count, Duration per, Limit.Key key, int line) {
        return new Limit(count, per, key, line(line));
    }

    private static Allow allow(int line, String... roles) {
        Map<String, Line> lines = new LinkedHashMap<>();
        Arrays.stream(roles).forEach(role -> lines.put(role, line(line)));
        return new Allow.Roles(lines);
    }

    private static Service service(String name, List<Operation> operations, List<String> calls) {
        Map<String, Operation> byVerb = new LinkedHashMap<>();
        operations.forEach(operation -> byVerb.put(operation.name().verb(), operation));
        Map<OperationName, Line> called = new LinkedHashMap<>();
        calls.forEach(call -> called.put(OperationName.parse(call).orElseThrow(), line(40)));
        return new Service(
                name,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                byVerb,
                called,
                operations.getFirst().line());
    }

    private static Operation operation(
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
                new HttpRoute(words[0], segments),
                allow,
                Map.of(),
                Map.of(),
                when.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Condition(when, when.contains("response"), line)),
                List.of(limits),
                Optional.empty(),
                line);
    }
}
