package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What browsers are told at the door, by the declaration and by nobody else.
class BrowsersTest {

    private static final String YAML =
            """
            ringwall: 1
            system: shop
            roles: { user: { login: password } }
            door:
              origins: ["https://app.example.com"]
              headers: { permissions-policy: camera=(), x-frame-options: SAMEORIGIN }
            services:
              api:
                run: java -jar api.jar
                operations:
                  list:  { http: GET /things, allow: anyone }
                  mine:  { http: "PUT /things/{id}", allow: user }
                  inner: { http: POST /inner }
            """;

    private static final String FRIEND = "Origin: https://app.example.com";
    private static final String STRANGER = "Origin: https://evil.example.com";

    private World world;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(YAML);
    }

    @AfterEach
    void end() {
        world.close();
    }

    private Wire.Reply call(String method, String target, String... headers) throws IOException {
        try (Wire wire = Wire.tls(world.door)) {
            return wire.call(method, target, headers);
        }
    }

    @Test
    void aPageOfADeclaredOriginIsToldWhatItMaySendAndTheServiceIsNotAsked() throws IOException {
        Wire.Reply told =
                call(
                        "OPTIONS",
                        "/things/7",
                        FRIEND,
                        "Access-Control-Request-Method: PUT",
                        "Access-Control-Request-Headers: authorization, x-secret-switch, content-type");
        assertThat(told.status()).isEqualTo(204);
        assertThat(told.headers())
                .containsEntry("access-control-allow-origin", "https://app.example.com")
                .containsEntry("access-control-allow-methods", "PUT")
                .containsEntry("access-control-allow-headers", "authorization, content-type")
                .containsEntry("access-control-max-age", "600")
                .doesNotContainKey("access-control-allow-credentials");
        assertThat(world.services.get("api").seen()).isEmpty();
    }

    @Test
    void nobodyElseIsAndNothingThatIsClosed() throws IOException {
        for (String[] asked :
                List.of(
                        new String[] {"/things/7", STRANGER, "Access-Control-Request-Method: PUT"},
                        new String[] {
                            "/things/7", "Origin: null", "Access-Control-Request-Method: PUT"
                        },
                        new String[] {
                            "/things/7",
                            FRIEND + ".evil.example",
                            "Access-Control-Request-Method: PUT"
                        },
                        new String[] {"/things/7", FRIEND, "Access-Control-Request-Method: DELETE"},
                        new String[] {"/things/7", FRIEND, "X-Other: 1"},
                        new String[] {"/inner", FRIEND, "Access-Control-Request-Method: POST"},
                        new String[] {
                            "/auth/login", FRIEND, "Access-Control-Request-Method: POST"
                        })) {
            Wire.Reply refused = call("OPTIONS", asked[0], asked[1], asked[2]);
            assertThat(refused.status()).as(String.join(" ", asked)).isGreaterThanOrEqualTo(400);
            assertThat(refused.headers()).doesNotContainKey("access-control-allow-methods");
        }
        assertThat(world.services.get("api").seen()).isEmpty();
    }

    @Test
    void answersAndRefusalsMayBeReadByThosePagesOnly() throws IOException {
        assertThat(call("GET", "/things", FRIEND).headers())
                .containsEntry("access-control-allow-origin", "https://app.example.com")
                .containsEntry("vary", "origin");
        assertThat(call("PUT", "/things/7", FRIEND).headers())
                .as("a refusal")
                .containsEntry("access-control-allow-origin", "https://app.example.com");
        assertThat(call("GET", "/things", STRANGER).headers())
                .doesNotContainKey("access-control-allow-origin")
                .containsEntry("vary", "origin");
    }

    @Test
    void aServiceCannotLetOtherPagesIn() throws IOException {
        world.services
                .get("api")
                .answering(exchange -> {
                    exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
                    exchange.getResponseHeaders().set("Access-Control-Allow-Credentials", "true");
                    Backend.answer(exchange, 200, "{}");
                });
        assertThat(call("GET", "/things", STRANGER).headers())
                .doesNotContainKey("access-control-allow-origin")
                .doesNotContainKey("access-control-allow-credentials");
    }

    @Test
    void theDeclarationsHeadersComeBeforeTheServicesAndTheUsualOnes() throws IOException {
        world.services
                .get("api")
                .answering(exchange -> {
                    exchange.getResponseHeaders().set("Permissions-Policy", "camera=*");
                    exchange.getResponseHeaders().set("Referrer-Policy", "same-origin");
                    Backend.answer(exchange, 200, "{}");
                });
        assertThat(call("GET", "/things").headers())
                .containsEntry("permissions-policy", "camera=()")
                .containsEntry("x-frame-options", "SAMEORIGIN")
                .containsEntry("referrer-policy", "same-origin")
                .containsEntry("x-content-type-options", "nosniff");
        assertThat(call("GET", "/nothing").headers())
                .containsEntry("permissions-policy", "camera=()")
                .containsEntry("x-frame-options", "SAMEORIGIN");
    }
}
