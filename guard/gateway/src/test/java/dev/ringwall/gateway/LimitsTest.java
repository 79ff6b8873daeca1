package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.limits.Counts;
import dev.ringwall.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Limits to the very call and the very moment, by a clock that stands still.
class LimitsTest {

    private static final String YAML =
            """
            ringwall: 1
            system: shop
            data: { thing: { class: public } }
            roles:
              user: { login: password, limit: 4/min }
              free: { login: password }
            services:
              api:
                run: java -jar api.jar
                operations:
                  open:  { http: GET /open, allow: anyone, limit: 3/min per address }
                  whole: { http: GET /whole, allow: anyone, limit: 5/min }
                  mine:  { http: GET /mine, allow: user, limit: 2/min per caller }
                  other: { http: GET /other, allow: user }
                  slow:  { http: GET /slow, allow: user, limit: 2 at once per caller }
                  big:   { http: POST /big, allow: free, limit: 1kB/min per caller }
                  team:  { http: GET /team, allow: user, limit: 3/min per role }
                  inner: { http: GET /inner, limit: 2/min }
              job:
                run: java -jar job.jar
                operations:
                  nothing: { http: GET /nothing }
                calls: [api.inner]
            """;

    private World world;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(YAML);
    }

    @AfterEach
    void end() {
        world.close();
    }

    private Wire.Reply from(int last, String target, String... headers) throws IOException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 2, (byte) last});
        try (Wire wire = Wire.tls(world.door, address, null)) {
            return wire.call("GET", target, headers);
        }
    }

    @Test
    void eachAddressHasItsOwn() throws IOException {
        for (int left = 2; left >= 0; left--) {
            Wire.Reply reply = from(1, "/open");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers())
                    .containsEntry("ratelimit-policy", "\"api.open-address\";q=3;w=60")
                    .containsEntry(
                            "ratelimit",
                            "\"api.open-address\";r=" + left + ";t=" + (3 - left) * 20);
        }
        Wire.Reply refused = from(1, "/open");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.reason()).isEqualTo("limit-reached");
        assertThat(refused.headers())
                .containsEntry("retry-after", "20")
                .containsEntry("ratelimit", "\"api.open-address\";r=0;t=20");
        assertThat(from(2, "/open").status()).isEqualTo(200);
        assertThat(world.recorded.last("gateway").reason()).contains(Reason.LIMIT_REACHED);
        assertThat(world.recorded.last("gateway").because()).hasSize(1);
        world.clock.advance(Duration.ofSeconds(20).minusNanos(1_000));
        assertThat(from(1, "/open").status()).isEqualTo(429);
        world.clock.advance(Duration.ofNanos(1_000));
        assertThat(from(1, "/open").status()).isEqualTo(200);
        assertThat(from(1, "/open").status()).isEqualTo(429);
    }

    @Test
    void allCallersShareTheOperations() throws IOException {
        for (int i = 1; i <= 5; i++) {
            assertThat(from(i, "/whole").status()).isEqualTo(200);
        }
        assertThat(from(9, "/whole").status()).isEqualTo(429);
    }

    @Test
    void eachCallerHasItsOwnWhereverItComesFrom() throws IOException {
        String ana = World.bearer(world.tokens.of("ana", "user", "api.mine"));
        String ben = World.bearer(world.tokens.of("ben", "user", "api.mine"));
        assertThat(from(1, "/mine", ana).status()).isEqualTo(200);
        assertThat(from(2, "/mine", ana).status()).isEqualTo(200);
        assertThat(from(3, "/mine", ana).reason()).isEqualTo("limit-reached");
        assertThat(from(3, "/mine", ben).status()).isEqualTo(200);
    }

    @Test
    void holdersOfARoleHaveOneForAllThatTheyDo() throws IOException {
        String ana = World.bearer(world.tokens.of("ana", "user", "api.other"));
        String ben = World.bearer(world.tokens.of("ben", "user", "api.other"));
        for (int i = 0; i < 4; i++) {
            assertThat(from(1, "/other", ana).status()).isEqualTo(200);
        }
        assertThat(from(1, "/other", ana).reason()).isEqualTo("limit-reached");
        assertThat(from(1, "/other", ben).status()).isEqualTo(200);
    }

    @Test
    void callsBetweenServicesAreCountedWhereTheyArrive() throws IOException {
        try (Wire wire = Wire.plain(world.outbound.get("job>api"))) {
            assertThat(wire.call("GET", "/inner").status()).isEqualTo(200);
            assertThat(wire.call("GET", "/inner").status()).isEqualTo(200);
            Wire.Reply refused = wire.call("GET", "/inner");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.reason()).isEqualTo("limit-reached");
            assertThat(refused.headers()).containsKey("retry-after");
        }
    }

    @Test
    void whoFailsToProveWhoTheyAreTooOftenMustWait() throws IOException {
        for (int i = 0; i < Counts.FAILURES_PER_MINUTE; i++) {
            assertThat(from(1, "/mine", World.bearer("bad.token." + i)).status()).isEqualTo(401);
        }
        Wire.Reply refused = from(1, "/open");
        assertThat(refused.reason()).as("also for what needs no proof").isEqualTo("limit-reached");
        assertThat(refused.headers()).containsEntry("retry-after", "1");
        assertThat(from(2, "/open").status()).isEqualTo(200);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(from(1, "/open").status()).isEqualTo(200);
    }

    @Test
    void allWhoHoldARoleShareWhatIsCountedPerRole() throws IOException {
        for (int i = 0; i < 3; i++) {
            String one = World.bearer(world.tokens.of("person-" + i, "user", "api.team"));
            assertThat(from(1, "/team", one).status()).isEqualTo(200);
        }
        String another = World.bearer(world.tokens.of("another", "user", "api.team"));
        assertThat(from(1, "/team", another).reason()).isEqualTo("limit-reached");
    }

    @Test
    void soManyMayBeUnderWayAndWhenOneEndsTheNextMayCome() throws Exception {
        String ana = World.bearer(world.tokens.of("ana", "user", "api.slow"));
        String ben = World.bearer(world.tokens.of("ben", "user", "api.slow"));
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch come = new CountDownLatch(2);
        world.services
                .get("api")
                .answering(exchange -> {
                    come.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                    Backend.answer(exchange, 200, "{}");
                });
        try (Wire first = Wire.tls(world.door);
                Wire second = Wire.tls(world.door)) {
            first.ask("GET", "/slow", ana);
            second.ask("GET", "/slow", ana);
            come.await();
            Wire.Reply refused = from(1, "/slow", ana);
            assertThat(refused.reason()).isEqualTo("limit-reached");
            assertThat(refused.headers())
                    .containsEntry(
                            "ratelimit-policy",
                            "\"api.slow-caller-at-once\";q=2;qu=\"concurrent-requests\"")
                    .containsEntry("retry-after", "1");
            go.countDown();
            assertThat(from(1, "/slow", ben).status()).isEqualTo(200);
            assertThat(first.receive().status()).isEqualTo(200);
            assertThat(second.receive().status()).isEqualTo(200);
        }
        World.await(() -> statusNow("/slow", ana) == 200);
    }

    @Test
    void whoBreaksOffGivesTheirPlaceBack() throws Exception {
        String ana = World.bearer(world.tokens.of("ana", "user", "api.slow"));
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch come = new CountDownLatch(2);
        world.services
                .get("api")
                .answering(exchange -> {
                    come.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                    Backend.answer(exchange, 200, "{}");
                });
        for (int i = 0; i < 2; i++) {
            Wire wire = Wire.tls(world.door);
            wire.ask("GET", "/slow", ana);
            if (i == 1) {
                come.await();
                wire.close();
            }
        }
        go.countDown();
        World.await(() -> statusNow("/slow", ana) == 200);
    }

    @Test
    void bytesOfBothDirectionsCountAndTooManyAreADebt() throws IOException {
        String ana = World.bearer(world.tokens.of("ana", "free", "api.big"));
        String ben = World.bearer(world.tokens.of("ben", "free", "api.big"));
        try (Wire wire = Wire.tls(world.door)) {
            Wire.Reply first = wire.post("/big", "x".repeat(1_500), ana);
            assertThat(first.status()).as("what has begun goes on").isEqualTo(200);
            assertThat(first.headers())
                    .containsEntry(
                            "ratelimit-policy",
                            "\"api.big-caller-bytes\";q=1000;qu=\"content-bytes\";w=60");
            assertThat(wire.post("/big", "x", ana).reason()).isEqualTo("limit-reached");
            assertThat(wire.post("/big", "x", ben).status()).isEqualTo(200);
        }
        world.clock.advance(Duration.ofSeconds(29));
        assertThat(from(1, "/open").status()).isEqualTo(200);
        try (Wire wire = Wire.tls(world.door)) {
            assertThat(wire.post("/big", "x", ana).reason()).isEqualTo("limit-reached");
            world.clock.advance(Duration.ofSeconds(2));
            assertThat(wire.post("/big", "x", ana).status()).isEqualTo(200);
        }
    }

    private int statusNow(String target, String... headers) {
        try {
            return from(1, target, headers).status();
        } catch (IOException broken) {
            return 0;
        }
    }

    @Test
    void aNewConfigurationDoesNotGiveAFreshAllowance() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(from(1, "/open").status()).isEqualTo(200);
        }
        world.declare(YAML);
        assertThat(from(1, "/open").status()).isEqualTo(429);
        world.declare(YAML.replace("3/min", "30/min"));
        assertThat(from(1, "/open").status()).isEqualTo(200);
    }
}
