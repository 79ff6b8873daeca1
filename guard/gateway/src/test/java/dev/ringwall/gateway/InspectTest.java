package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests to a service with an OpenAPI document have the shape that it declares.
class InspectTest {

    static final String YAML =
            """
            ringwall: 1
            system: shop
            services:
              orders:
                run: java -jar orders.jar
                openapi: orders.yaml
                operations:
                  place: { http: POST /orders, allow: anyone }
                  label: { http: POST /labels, allow: anyone }
                  list:  { http: GET /orders, allow: anyone }
                  read:  { http: "GET /orders/{id}", allow: anyone }
            """;

    static final String DOCUMENT =
            """
            openapi: 3.0.3
            info: { title: orders, version: "1" }
            paths:
              /orders:
                get:
                  parameters:
                    - { name: page, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
                    - { name: open, in: query, schema: { type: boolean } }
                    - { name: kind, in: query, schema: { type: string, enum: [new, old] } }
                    - { name: tag, in: query, schema: { type: array, maxItems: 2, items: { type: string } } }
                    - { name: X-Shop, in: header, required: true, schema: { type: string, maxLength: 4 } }
                post:
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema:
                          type: object
                          additionalProperties: false
                          required: [sku]
                          properties:
                            sku: { type: string, pattern: "^[a-z]+$" }
                            count: { type: integer, minimum: 1 }
              /labels:
                post:
                  requestBody:
                    content:
                      application/x-www-form-urlencoded: { schema: { $ref: "#/components/schemas/Label" } }
                      image/*: { schema: { type: string, format: binary } }
              /orders/{id}:
                parameters:
                  - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
                get: {}
            components:
              schemas:
                Label: { type: object, required: [text], properties: { text: { type: string, maxLength: 3 } } }
            """;

    private static World world;

    @BeforeAll
    static void begin() throws Exception {
        world =
                new World(
                        Map.of("ringwall.yaml", YAML, "orders.yaml", DOCUMENT),
                        settings -> settings,
                        Rings::standard);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.services.get("orders").clear();
    }

    @ParameterizedTest
    @MethodSource
    void parametersAreHeldAgainstTheirSchemas(String target, boolean good) throws IOException {
        Wire.Reply reply = world.get(target, "X-Shop: main");
        assertThat(reply.reason()).isEqualTo(good ? "" : "request-not-valid");
        assertThat(world.services.get("orders").seen()).hasSize(good ? 1 : 0);
    }

    static Stream<Arguments> parametersAreHeldAgainstTheirSchemas() {
        return Stream.of(
                Arguments.of("/orders", true),
                Arguments.of("/orders?page=1", true),
                Arguments.of("/orders?page=100&open=true&kind=old", true),
                Arguments.of("/orders?tag=a&tag=b", true),
                Arguments.of("/orders?page=0", false),
                Arguments.of("/orders?page=101", false),
                Arguments.of("/orders?page=1.5", false),
                Arguments.of("/orders?page=one", false),
                Arguments.of("/orders?page=01", false),
                Arguments.of("/orders?page=", false),
                Arguments.of("/orders?page=1&page=2", false),
                Arguments.of("/orders?open=yes", false),
                Arguments.of("/orders?kind=other", false),
                Arguments.of("/orders?tag=a&tag=b&tag=c", false),
                Arguments.of("/orders?undeclared=1", false),
                Arguments.of("/orders/17", true),
                Arguments.of("/orders/0", false),
                Arguments.of("/orders/x", false),
                Arguments.of("/orders/17%20or%201=1", false));
    }

    @Test
    void aHeaderThatIsRequiredMustBeThereAndFit() throws IOException {
        assertThat(world.get("/orders").reason()).isEqualTo("request-not-valid");
        assertThat(world.get("/orders", "X-Shop: mainly").reason()).isEqualTo("request-not-valid");
    }

    @ParameterizedTest
    @MethodSource
    void bodiesAreHeldAgainstTheirSchema(String type, String body, String reason)
            throws IOException {
        Wire.Reply reply = world.post("/orders", body, "Content-Type: " + type);
        assertThat(reply.reason()).isEqualTo(reason);
        assertThat(world.services.get("orders").seen()).hasSize(reason.isEmpty() ? 1 : 0);
    }

    static Stream<Arguments> bodiesAreHeldAgainstTheirSchema() {
        String json = "application/json";
        String bad = "request-not-valid";
        String other = "media-type-not-declared";
        String large = " ".repeat(InspectRing.BODY_BYTES_MAX);
        return Stream.of(
                Arguments.of(json, "{\"sku\":\"tea\"}", ""),
                Arguments.of(json, "{\"sku\":\"tea\",\"count\":2}", ""),
                Arguments.of("application/json; charset=utf-8", "{\"sku\":\"tea\"}", ""),
                Arguments.of("Application/JSON", "{\"sku\":\"tea\"}", ""),
                Arguments.of(json, "{\"sku\":\"tea\"}" + large.substring(13), ""),
                Arguments.of(json, "{}", bad),
                Arguments.of(json, "{\"sku\":\"TEA\"}", bad),
                Arguments.of(json, "{\"sku\":\"tea\",\"count\":0}", bad),
                Arguments.of(json, "{\"sku\":\"tea\",\"price\":0}", bad),
                Arguments.of(json, "{\"sku\":\"tea\",\"sku\":\"tea\"}", bad),
                Arguments.of(json, "{\"sku\":\"tea\"} {}", bad),
                Arguments.of(json, "{\"sku\":\"tea\"", bad),
                Arguments.of(json, "[".repeat(1_000) + "]".repeat(1_000), bad),
                Arguments.of(json, "", bad),
                Arguments.of(json, "{\"sku\":\"tea\"}" + large, "too-large"),
                Arguments.of("text/plain", "{\"sku\":\"tea\"}", other),
                Arguments.of("application/json; charset=utf-7", "{\"sku\":\"tea\"}", other),
                Arguments.of("application/xml", "<a/>", other));
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-www-form-urlencoded, text=new, ''",
        "application/x-www-form-urlencoded, text=newer, request-not-valid",
        "application/x-www-form-urlencoded, text=new&admin=1, request-not-valid",
        "image/png, anything, ''",
        "text/plain, anything, media-type-not-declared"
    })
    void formsAreLookedIntoAndOtherMediaTypesPassWhereTheyAreDeclared(
            String type, String body, String reason) throws IOException {
        Wire.Reply reply = world.post("/labels", body, "Content-Type: " + type);
        assertThat(reply.reason()).isEqualTo(reason);
        assertThat(world.services.get("orders").seen()).hasSize(reason.isEmpty() ? 1 : 0);
    }

    @Test
    void twoMediaTypesAreNone() throws IOException {
        for (String[] types :
                new String[][] {
                    {"Content-Type: image/png", "Content-Type: application/json"},
                    {"Content-Type: image/png, application/json"},
                    {"Content-Type: image/png;a=b, application/json"},
                    {}
                }) {
            assertThat(world.post("/labels", "{}", types).reason())
                    .isEqualTo("media-type-not-declared");
        }
        assertThat(world.services.get("orders").seen()).isEmpty();
    }

    @Test
    void anEncodedBodyCannotHideFromTheSchema() throws IOException {
        assertThat(
                        world.post(
                                        "/orders",
                                        "{\"sku\":\"tea\"}",
                                        "Content-Type: application/json",
                                        "Content-Encoding: gzip")
                                .reason())
                .isEqualTo("media-type-not-declared");
    }

    @Test
    void aBodyWhereNoneIsDeclaredIsRefused() throws IOException {
        try (Wire wire = Wire.tls(world.door)) {
            wire.send("GET /orders/17 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(wire.receive().reason()).isEqualTo("request-not-valid");
        }
    }
}
