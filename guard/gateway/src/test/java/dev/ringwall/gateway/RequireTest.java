package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Reason;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who changes something must be able to read it first.
class RequireTest {

    private static final String YAML =
            """
            ringwall: 1
            system: shop
            roles:
              user:  { login: password }
              clerk: { login: password }
            services:
              api:
                run: java -jar api.jar
                operations:
                  read: { http: "GET /things/{id}", allow: [user, clerk], when: "caller.has('clerk') || response.owner == caller.id" }
                  drop: { http: "DELETE /things/{id}", allow: [user, clerk], requires: api.read }
                  pay:  { http: "POST /{tenant}/things/{id}/pay", allow: user, requires: api.read }
                  free: { http: "PUT /things/{id}", allow: user }
            """;

    private World world;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(YAML);
        world.services
                .get("api")
                .answering(exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    if (!exchange.getRequestMethod().equals("GET")) {
                        Backend.answer(exchange, 200, "{\"done\":true}");
                    } else if (path.equals("/things/404")) {
                        Backend.answer(exchange, 404, "{}");
                    } else if (path.equals("/things/500")) {
                        exchange.close();
                    } else {
                        Backend.answer(exchange, 200, "{\"owner\":\"ana\"}");
                    }
                });
    }

    @AfterEach
    void end() {
        world.close();
    }

    private Wire.Reply call(String who, String role, String method, String target)
            throws IOException {
        String bearer =
                World.bearer(
                        world.tokens.of(who, role, "api.read", "api.drop", "api.pay", "api.free"));
        try (Wire wire = Wire.tls(world.door)) {
            return method.equals("POST")
                    ? wire.post(target, "12345", bearer)
                    : wire.call(method, target, bearer);
        }
    }

    private long changes() {
        return world.services.get("api").seen().stream()
                .filter(seen -> !seen.method().equals("GET"))
                .count();
    }

    @Test
    void theOwnerMayAndTheReadIsMadeAsTheOwner() throws IOException {
        assertThat(call("ana", "user", "DELETE", "/things/7").status()).isEqualTo(200);
        assertThat(world.services.get("api").seen().getFirst().method()).isEqualTo("GET");
        assertThat(world.services.get("api").seen().getFirst().target()).isEqualTo("/things/7");
        assertThat(world.services.get("api").seen().getFirst().headers())
                .containsEntry("ringwall-caller", "ana")
                .containsEntry("ringwall-operation", "api.read");
        assertThat(world.services.get("api").last().method()).isEqualTo("DELETE");
        assertThat(call("cleo", "clerk", "DELETE", "/things/7").status()).isEqualTo(200);
    }

    @Test
    void whoMayNotReadItMayNotChangeItAndTheServiceDoesNotHearOfIt() throws IOException {
        Wire.Reply refused = call("ben", "user", "DELETE", "/things/7");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.reason()).isEqualTo("required-read-refused");
        assertThat(changes()).isZero();
        assertThat(world.recorded.last("gateway").reason()).contains(Reason.REQUIRED_READ_REFUSED);
        assertThat(world.recorded.last("gateway").because()).hasSize(1);
        assertThat(call("ben", "user", "PUT", "/things/7").status())
                .as("without `requires` it would have been done")
                .isEqualTo(200);
    }

    @Test
    void theBodyGoesOnAfterTheReadAndThePathsNamesAreMatched() throws IOException {
        assertThat(call("ana", "user", "POST", "/acme/things/7/pay").status()).isEqualTo(200);
        assertThat(world.services.get("api").seen().getFirst().target()).isEqualTo("/things/7");
        assertThat(world.services.get("api").last().target()).isEqualTo("/acme/things/7/pay");
        assertThat(call("ben", "user", "POST", "/acme/things/7/pay").reason())
                .isEqualTo("required-read-refused");
    }

    @Test
    void whatIsNotThereOrCannotBeReadIsNotChanged() throws IOException {
        assertThat(call("cleo", "clerk", "DELETE", "/things/404").reason())
                .isEqualTo("required-read-refused");
        assertThat(call("cleo", "clerk", "DELETE", "/things/500").status())
                .isGreaterThanOrEqualTo(400);
        assertThat(changes()).isZero();
    }
}
