package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Ring;
import dev.ringwall.policy.Call;
import dev.ringwall.policy.Caller;
import dev.ringwall.policy.Decision;
import dev.ringwall.policy.Permitted;
import dev.ringwall.wire.RequestTarget;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Each ring has an attack that it stops. Here the attack is played twice: against all rings, and against all but that one, where it
/// succeeds. That shows that it is this ring and nothing else that stops it. The product cannot be put together like this.
class LaboratoryTest {

    static final String YAML =
            Shop.YAML.replace(
                    "list:   { http: GET /products, allow: anyone, returns: [product] }",
                    "list:   { http: GET /products, allow: anyone, returns: [product], limit: 2/min per address }");

    @Test
    void withoutTransportAPathWithTwoReadingsReachesTheService() throws Exception {
        Laboratory.play(
                Ring.TRANSPORT,
                "bad-request",
                "catalog",
                world -> world.get("/products?a=%00"),
                Laboratory.replacing(
                        Ring.TRANSPORT,
                        exchange -> {
                            String uri = exchange.head().uri();
                            exchange.target(
                                    new RequestTarget(
                                            uri,
                                            "/products",
                                            List.of(uri.substring(1).replaceAll("\\?.*", "")),
                                            ""));
                            return Passage.PASSED;
                        }));
    }

    @Test
    void withoutBlockWhoWasShutOutComesBack() throws Exception {
        Laboratory.play(
                Ring.BLOCK,
                "blocked",
                "catalog",
                world -> {
                    world.revoke(
                            new Snapshot.Revoked(
                                    Snapshot.Revoked.What.NETWORK,
                                    "127.0.0.0/8",
                                    world.clock.instant().plusSeconds(60)));
                    return world.get("/products");
                },
                Laboratory.replacing(Ring.BLOCK, _ -> Passage.PASSED));
    }

    @Test
    void withoutRouteWhatNobodyDeclaredReachesTheService() throws Exception {
        Laboratory.play(
                Ring.ROUTE,
                "not-declared",
                "catalog",
                world -> world.get("/admin/console"),
                Laboratory.replacing(
                        Ring.ROUTE,
                        exchange -> {
                            Plan plan = exchange.plan();
                            var found = plan.of("catalog").find("GET", List.of("products"));
                            exchange.destination(
                                    new Destination.ToOperation(
                                            ((RouteTrie.Found.Hit<OperationPlan>) found).value(),
                                            Map.of()));
                            return Passage.PASSED;
                        }));
    }

    @Test
    void withoutLimitAFloodReachesTheService() throws Exception {
        Laboratory.play(
                Ring.LIMIT,
                "limit-reached",
                "catalog",
                world -> {
                    world.get("/products");
                    world.get("/products");
                    return world.get("/products");
                },
                Laboratory.replacing(Ring.LIMIT, _ -> Passage.PASSED));
    }

    @Test
    void withoutAuthenticateAForgedTokenReachesTheService() throws Exception {
        Laboratory.play(
                Ring.AUTHENTICATE,
                "token-not-ours",
                "orders",
                world -> {
                    JWTClaimsSet claims =
                            world.tokens.claims("ana", "shopper", "orders.place").build();
                    String forged =
                            Tokens.sign(claims, Tokens.newKey("signing-1"), header -> header);
                    return world.post("/orders", "{}", World.bearer(forged));
                },
                Laboratory.replacing(
                        Ring.AUTHENTICATE,
                        exchange -> {
                            exchange.caller(
                                    new Caller.Person(
                                            "ana", Set.of("shopper"), Set.of("orders.place"), ""),
                                    Optional.empty());
                            return Passage.PASSED;
                        }));
    }

    @Test
    void withoutAuthenticateAReplayedTransactionTokenReachesTheService() throws Exception {
        Laboratory.play(
                Ring.AUTHENTICATE,
                "txn-token-missing",
                "payments",
                world -> {
                    try (Wire wire =
                            Wire.tls(
                                    world.inbound.get("payments"),
                                    InetAddress.getLoopbackAddress(),
                                    world.identity("orders").get())) {
                        return wire.post("/charges", "{}");
                    }
                },
                rings ->
                        new Rings(
                                Laboratory.replacing(
                                                Ring.AUTHENTICATE,
                                                exchange -> {
                                                    exchange.caller(
                                                            new Caller.Workload(
                                                                    "orders", Optional.empty()),
                                                            Optional.empty());
                                                    exchange.head()
                                                            .headers()
                                                            .set(Names.TXN_TOKEN, "none");
                                                    return Passage.PASSED;
                                                })
                                        .apply(rings)
                                        .gates(),
                                rings.release(),
                                rings.record()));
    }

    @Test
    void withoutAuthoriseAnybodyDoesAnything() throws Exception {
        Blueprint lax =
                World.blueprint(
                        Map.of(
                                "ringwall.yaml",
                                YAML.replace(
                                        "allow: warehouse, accepts", "allow: anyone, accepts")));
        Laboratory.play(
                Ring.AUTHORISE,
                "not-allowed",
                "orders",
                world ->
                        world.post(
                                "/orders/17/ship",
                                "{}",
                                World.bearer(world.tokens.of("ana", "shopper", "orders.ship"))),
                Laboratory.replacing(
                        Ring.AUTHORISE,
                        exchange -> {
                            exchange.permitted(permit(lax, exchange));
                            return Passage.PASSED;
                        }));
    }

    /// Only the policy makes permits, so even here one must be asked: one that allows too much.
    private static Permitted<Call> permit(Blueprint lax, Exchange exchange) {
        var to = (Destination.ToOperation) exchange.destination();
        OperationName name = to.plan().name();
        Call call = new Call(name, new Caller.Stranger(), new CallView(exchange, to));
        return ((Decision.Allow) World.policy(lax).decide(call)).permitted();
    }

    @Test
    void withoutInspectABodyThatNobodyDeclaredReachesTheService() throws Exception {
        Map<String, String> files =
                Map.of("ringwall.yaml", InspectTest.YAML, "orders.yaml", InspectTest.DOCUMENT);
        String hostile = "{\"sku\":\"' or 1=1 --\",\"admin\":true}";
        String[] json = {"Content-Type: application/json"};
        try (World all = new World(files, settings -> settings, Rings::standard)) {
            assertThat(all.post("/orders", hostile, json).reason()).isEqualTo("request-not-valid");
        }
        try (World fewer =
                new World(
                        files,
                        settings -> settings,
                        tools ->
                                Laboratory.replacing(Ring.INSPECT, _ -> Passage.PASSED)
                                        .apply(Rings.standard(tools)))) {
            assertThat(fewer.post("/orders", hostile, json).status()).isEqualTo(200);
            assertThat(fewer.services.get("orders").seen()).hasSize(1);
        }
    }

    @Test
    void withoutForwardACallerTellsTheServiceWhoItIs() throws Exception {
        String[] lies = {
            "Ringwall-Caller: root", "Ringwall-Roles: clerk", "Forwarded: for=10.0.0.1"
        };
        try (World all = World.of(YAML)) {
            all.get("/products", lies);
            assertThat(all.services.get("catalog").last().headers())
                    .containsEntry("ringwall-caller", "-")
                    .containsEntry("ringwall-roles", "")
                    .containsEntry("forwarded", "for=127.0.0.1;proto=https;host=\"localhost\"");
        }
        try (World fewer =
                new World(
                        Map.of("ringwall.yaml", YAML),
                        settings -> settings,
                        tools -> Laboratory.carelessForward(Rings.standard(tools)))) {
            fewer.get("/products", lies);
            assertThat(fewer.services.get("catalog").last().headers())
                    .containsEntry("ringwall-caller", "root")
                    .containsEntry("ringwall-roles", "clerk")
                    .containsEntry("forwarded", "for=10.0.0.1");
        }
    }

    @Test
    void withoutReleaseSomebodyElsesOrderComesOut() throws Exception {
        Laboratory.play(
                Ring.RELEASE,
                "answer-withheld",
                "orders",
                world -> {
                    world.services
                            .get("orders")
                            .answering(exchange ->
                                    Backend.answer(exchange, 200, "{\"owner\":\"ben\"}"));
                    return world.get(
                            "/orders/17",
                            World.bearer(world.tokens.of("ana", "shopper", "orders.read")));
                },
                rings ->
                        new Rings(
                                rings.gates(),
                                new Laboratory.ReleasesAll(rings.release()),
                                rings.record()));
    }

    @Test
    void withoutRecordACallLeavesNoTrace() throws Exception {
        Laboratory.play(
                Ring.RECORD,
                "not-recorded",
                "orders",
                world -> {
                    world.recorded.lose(true);
                    return world.post(
                            "/orders",
                            "{}",
                            World.bearer(world.tokens.of("ana", "shopper", "orders.place")));
                },
                rings ->
                        new Rings(
                                rings.gates(),
                                rings.release(),
                                (exchange, refused, status) -> Optional.empty()));
    }

    @Test
    void everyRingHasItsAttackHere() {
        List<String> tests = new ArrayList<>();
        for (var method : LaboratoryTest.class.getDeclaredMethods()) {
            tests.add(method.getName().toLowerCase(java.util.Locale.ROOT));
        }
        for (Ring ring : Ring.values()) {
            assertThat(tests).anyMatch(test -> test.startsWith("without" + ring.word()));
        }
    }
}
