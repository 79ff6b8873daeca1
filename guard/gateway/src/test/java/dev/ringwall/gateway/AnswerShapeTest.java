package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Ring;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a service says beyond what its OpenAPI document declares does not leave its host.
class AnswerShapeTest {

    private static final String YAML =
            """
            ringwall: 1
            system: shop
            audit: { record: everything }
            services:
              orders:
                run: java -jar orders.jar
                openapi: orders.yaml
                operations:
                  read: { http: "GET /orders/{id}", allow: anyone }
                  list: { http: GET /orders, allow: anyone }
            """;

    private static final String DOCUMENT =
            """
            openapi: 3.1.0
            info: { title: orders, version: "1" }
            paths:
              /orders:
                get: {}
              /orders/{id}:
                parameters:
                  - { name: id, in: path, required: true, schema: { type: integer } }
                get:
                  responses:
                    "200":
                      description: The order
                      content:
                        application/json: { schema: { $ref: "#/components/schemas/Order" } }
                        text/plain: {}
                    4XX:
                      description: None
                      content: { application/json: { schema: { type: object, properties: { error: { type: string } } } } }
            components:
              schemas:
                Order:
                  type: object
                  required: [id]
                  properties:
                    id: { type: integer }
                    pin: { type: string, writeOnly: true }
                    lines: { type: array, items: { $ref: "#/components/schemas/Line" } }
                Line:
                  type: object
                  properties: { sku: { type: string }, price: { type: number } }
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
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    200 | {"id":1}                           | {"id":1}
                    200 | {"id":1,"debug":{"sql":"select"}}  | {"id":1}
                    200 | {"id":1.0,"pin":"1234"}            | {"id":1.0}
                    200 | {"a":{"b":[{}]},"id":1,"lines":[{"sku":"tea","price":1.10,"cost":1},{"cost":2}]} | {"id":1,"lines":[{"sku":"tea","price":1.10},{}]}
                    404 | {"error":"none","stack":["Orders.java:1"]} | {"error":"none"}
                    500 | {"error":"broken","stack":[]}      | {"error":"broken","stack":[]}
                    """)
    void whatIsNotDeclaredIsDropped(int status, String said, String left) throws IOException {
        answering(status, said);

        Wire.Reply reply = world.get("/orders/17");

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo(left);
    }

    @Test
    void whatWasDroppedIsInTheRecordByNameAndNotByValue() throws IOException {
        answering(200, "{\"id\":1,\"debug\":\"secret\"}");

        world.get("/orders/17");

        String trail =
                world.recorded.last("orders").rings().stream()
                        .filter(step -> step.ring() == Ring.RELEASE)
                        .findFirst()
                        .orElseThrow()
                        .note();
        assertThat(trail).isEqualTo("dropped /debug");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"id":"1"}
                    {}
                    []
                    no json
                    {"id":1,"id":2}
                    {"id":1,"lines":[[]]}
                    """)
    void anAnswerOfAnotherShapeDoesNotLeave(String said) throws IOException {
        answering(200, said);

        Wire.Reply reply = world.get("/orders/17");

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.reason()).isEqualTo("answer-not-valid");
        assertThat(reply.body()).doesNotContain("lines");
    }

    @Test
    void anEncodedAnswerCannotHideFromTheShape() throws IOException {
        world.services
                .get("orders")
                .answering(exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                    exchange.sendResponseHeaders(200, 0);
                    try (GZIPOutputStream body = new GZIPOutputStream(exchange.getResponseBody())) {
                        body.write("{\"id\":1}".getBytes(StandardCharsets.UTF_8));
                    }
                });

        assertThat(world.get("/orders/17", "Accept-Encoding: gzip").reason())
                .isEqualTo("answer-not-valid");
        assertThat(world.services.get("orders").last().headers())
                .containsEntry("accept-encoding", "identity");
    }

    @Test
    void whereNothingIsSaidOfAnswersTheyPassAsTheyAre() throws IOException {
        answering(200, "{\"anything\":1}");

        assertThat(world.get("/orders").body()).isEqualTo("{\"anything\":1}");
    }

    /// The other half of the proof: with the control taken out, the same answer gets out.
    @Test
    void withoutReleaseWhatNobodyDeclaredLeaves() throws Exception {
        try (World fewer =
                new World(
                        Map.of("ringwall.yaml", YAML, "orders.yaml", DOCUMENT),
                        settings -> settings,
                        tools -> {
                            Rings rings = Rings.standard(tools);
                            return new Rings(
                                    rings.gates(),
                                    new Laboratory.ReleasesAll(rings.release()),
                                    rings.record());
                        })) {
            fewer.services
                    .get("orders")
                    .answering(exchange ->
                            Backend.answer(exchange, 200, "{\"id\":1,\"debug\":\"secret\"}"));

            assertThat(fewer.get("/orders/17").body()).contains("secret");
        }
    }

    private static void answering(int status, String json) {
        world.services.get("orders").answering(exchange -> Backend.answer(exchange, status, json));
    }
}
