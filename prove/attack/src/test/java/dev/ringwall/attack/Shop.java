package dev.ringwall.attack;

import dev.ringwall.model.AcceptedRisk;
import dev.ringwall.model.Allow;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Limit;
import dev.ringwall.model.Network;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import dev.ringwall.model.ThirdParty;
import java.net.URI;
import java.time.Duration;
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
        roles.put("shopper", Sketch.role("shopper", Role.Login.PASSWORD, List.of(), List.of(), 11));
        roles.put("clerk", Sketch.role("clerk", Role.Login.PASSWORD, List.of(), List.of(), 12));
        roles.put(
                "warehouse",
                Sketch.role(
                        "warehouse",
                        Role.Login.API_KEY,
                        List.of(Network.parse("127.0.0.0/8").orElseThrow()),
                        List.of(Sketch.limit(100, Duration.ofDays(1), Limit.Key.CALLER, 13)),
                        13));
        Map<String, Service> services = new LinkedHashMap<>();
        services.put(
                "catalog",
                Sketch.service(
                        "catalog",
                        List.of(
                                Sketch.operation(
                                        "catalog.list",
                                        "GET /products",
                                        new Allow.Anyone(Sketch.line(20)),
                                        "",
                                        Sketch.limit(60, MINUTE, Limit.Key.ADDRESS, 20)),
                                Sketch.operation(
                                        "catalog.edit",
                                        "PUT /products/{sku}",
                                        Sketch.allow(21, "clerk"),
                                        "")),
                        List.of()));
        services.put(
                "orders",
                Sketch.service(
                        "orders",
                        List.of(
                                Sketch.operation(
                                        "orders.place",
                                        "POST /orders",
                                        Sketch.allow(30, "shopper"),
                                        "",
                                        Sketch.limit(10, MINUTE, Limit.Key.CALLER, 30)),
                                Sketch.operation(
                                        "orders.read",
                                        "GET /orders/{id}",
                                        Sketch.allow(31, "shopper", "clerk"),
                                        "caller.has('clerk') || response.owner == caller.id"),
                                Sketch.operation(
                                        "orders.ship",
                                        "POST /orders/{id}/ship",
                                        Sketch.allow(33, "warehouse"),
                                        "")),
                        List.of("catalog.list", "payments.charge")));
        services.put(
                "payments",
                Sketch.service(
                        "payments",
                        List.of(
                                Sketch.operation(
                                        "payments.charge",
                                        "POST /charges",
                                        new Allow.Nobody(),
                                        "")),
                        List.of("stripe.charge")));
        Operation charge =
                Sketch.operation(
                        "stripe.charge",
                        "POST /v1/payment_intents",
                        new Allow.Nobody(),
                        "",
                        Sketch.limit(50, Duration.ofSeconds(1), Limit.Key.OPERATION, 50));
        ThirdParty stripe =
                new ThirdParty(
                        "stripe",
                        URI.create("http://127.0.0.1:1"),
                        Optional.empty(),
                        Map.of("charge", charge),
                        Optional.empty(),
                        Sketch.line(48));
        return Sketch.sound("shop", roles, services, Map.of("stripe", stripe), risks);
    }
}
