package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ringwall.model.Problem;
import dev.ringwall.model.RequestShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final String DECLARATION =
            """
            ringwall: 1
            system: shop
            services:
              orders:
                openapi: orders/openapi.yaml
                operations:
                  place: { http: POST /orders }
                  read: { http: "GET /orders/{id}" }
            """;

    private static final String DOCUMENT =
            """
            openapi: 3.0.3
            info: { title: orders, version: "1" }
            paths:
              /orders:
                post:
                  parameters:
                    - { name: dry-run, in: query, schema: { type: boolean }, example: true }
                  requestBody:
                    required: true
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/NewOrder" }
              /orders/{id}:
                parameters:
                  - { name: id, in: path, required: true, schema: { type: integer, minimum: 1, example: 17 } }
                get: {}
            components:
              schemas:
                NewOrder:
                  type: object
                  additionalProperties: false
                  required: [id, lines]
                  properties:
                    id: { type: integer, readOnly: true }
                    lines: { type: array, minItems: 1, items: { $ref: "#/components/schemas/Line" } }
                    note: { type: string, nullable: true }
                Line:
                  type: object
                  additionalProperties: false
                  required: [sku, count]
                  properties:
                    sku: { type: string, pattern: "^[a-z]+$", example: tea }
                    count: { type: integer, minimum: 0, exclusiveMinimum: true, example: 2 }
                    instead: { $ref: "#/components/schemas/Line" }
            """;

    @Test
    void aBodyIsCheckedByASchemaThatStandsForItself() {
        String schema = shape("place").bodies().get("application/json");

        assertThat(accepts(schema, "{\"lines\":[{\"sku\":\"tea\",\"count\":1}]}")).isTrue();
        assertThat(accepts(schema, "{\"lines\":[{\"sku\":\"tea\",\"count\":1}],\"note\":null}"))
                .isTrue();
        assertThat(accepts(schema, "{\"lines\":[]}")).isFalse();
        assertThat(accepts(schema, "{\"lines\":[{\"sku\":\"TEA\",\"count\":1}]}")).isFalse();
        assertThat(accepts(schema, "{\"lines\":[{\"sku\":\"tea\",\"count\":0}]}")).isFalse();
        assertThat(accepts(schema, "{\"lines\":[{\"sku\":\"tea\",\"count\":1}],\"price\":0}"))
                .isFalse();
    }

    @Test
    void aReadOnlyPropertyMayNotBeSent() {
        String schema = shape("place").bodies().get("application/json");

        assertThat(accepts(schema, "{\"id\":7,\"lines\":[{\"sku\":\"tea\",\"count\":1}]}"))
                .isFalse();
    }

    @Test
    void anExampleIsPutTogetherFromThoseOfTheParts() {
        RequestShape place = shape("place");

        assertThat(place.bodyRequired()).isTrue();
        assertThat(place.exampleBody()).contains("{\"lines\":[{\"sku\":\"tea\",\"count\":2}]}");
        assertThat(
                        accepts(
                                place.bodies().get("application/json"),
                                place.exampleBody().orElseThrow()))
                .isTrue();
    }

    @Test
    void parametersOfThePathAreThoseOfItsOperations() {
        RequestShape.Parameter id = shape("read").parameters().getFirst();

        assertThat(id.in()).isEqualTo(RequestShape.In.PATH);
        assertThat(id.required()).isTrue();
        assertThat(id.example()).contains("17");
        assertThat(accepts(id.schema(), "0")).isFalse();
        assertThat(shape("read").bodies()).isEmpty();
        assertThat(shape("place").parameters().getFirst().example()).contains("true");
    }

    @Test
    void aDocumentMayBeJsonWithTabs() {
        String json =
                "{\n\t\"openapi\": \"3.1.0\",\n\t\"paths\": {\"/orders\": {\"post\": {}},"
                        + " \"/orders/{id}\": {\"get\": {\"parameters\": [{\"name\": \"id\", \"in\": \"path\","
                        + " \"schema\": {\"type\": [\"integer\", \"null\"]}}]}}}}\n";

        Reading reading =
                Reader.read(
                        Map.of(
                                "ringwall.yaml",
                                DECLARATION.replace("openapi.yaml", "openapi.json"),
                                "orders/openapi.json",
                                json),
                        "ringwall.yaml");

        assertThat(reading).isInstanceOf(Reading.Read.class);
    }

    @Test
    void bothEndsAgreeOrItDoesNotLoad() {
        assertThat(problems(DOCUMENT.replace("/orders:", "/order:")))
                .containsExactly(
                        "ringwall.yaml:7 openapi-mismatch: orders/openapi.yaml has no path `/orders`"
                                + " (expected: the document describes it) → did you mean `/order`?");
        assertThat(problems(DOCUMENT.replace("post:", "put:")))
                .containsExactly(
                        "ringwall.yaml:7 openapi-mismatch: orders/openapi.yaml has `/orders` without `post`"
                                + " (expected: the document describes it) →"
                                + " describe it in orders/openapi.yaml:4, or mend the method");
        assertThat(problems(DOCUMENT.replace("/orders/{id}:", "/orders/{order}:")))
                .containsExactly(
                        "ringwall.yaml:8 openapi-mismatch: orders/openapi.yaml has no path `/orders/{id}`"
                                + " (expected: the document describes it) →"
                                + " name the parameters alike: `http: \"GET /orders/{order}\"`");
        assertThat(problems(DOCUMENT.replace("name: id, in: path", "name: id, in: query")))
                .containsExactly(
                        "orders/openapi.yaml:16 openapi-mismatch: the operation does not describe the parameter `id`"
                                + " (expected: one `in: path` for each part of /orders/{id}) → describe id, and no other");
    }

    @Test
    void whatCannotBeCheckedIsRefused() {
        assertThat(problems(DOCUMENT.replace("minItems", "minItens")))
                .singleElement()
                .asString()
                .contains("openapi-not-enforced", "did you mean `minItems`?");
        assertThat(problems(DOCUMENT.replace("application/json", "\"*/*\"")))
                .singleElement()
                .asString()
                .contains("openapi-form", "`*/*` (expected: a media type");
        assertThat(problems(DOCUMENT.replace("application/json", "text/csv")))
                .first()
                .asString()
                .contains("openapi-not-enforced", "only JSON and forms are looked into");
        assertThat(problems(DOCUMENT.replace("in: query", "in: cookie")))
                .singleElement()
                .asString()
                .contains("openapi-form", "parameters in cookies");
        assertThat(
                        problems(
                                DOCUMENT.replace(
                                        "#/components/schemas/Line",
                                        "https://else.example/line.json")))
                .first()
                .asString()
                .contains("openapi-reference");
        assertThat(problems(DOCUMENT.replace("schemas/NewOrder\"", "schemas/Order\"")))
                .singleElement()
                .asString()
                .contains("openapi-reference");
        assertThat(problems(DOCUMENT.replace("^[a-z]+$", "^[a-z+$")))
                .singleElement()
                .asString()
                .contains("a regular expression");
        assertThat(problems(DOCUMENT.replace("openapi: 3.0.3", "swagger: '2.0'")))
                .singleElement()
                .asString()
                .contains("openapi-version");
    }

    @Test
    void schemasThatNeverEndHaveNoExampleAndStillEnd() {
        StringBuilder properties = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            properties
                    .append("        p")
                    .append(i)
                    .append(": { $ref: \"#/components/schemas/Line\" }\n");
        }
        String wide =
                DOCUMENT.substring(0, DOCUMENT.indexOf("    Line:"))
                        + "    Line:\n      type: object\n      properties:\n"
                        + properties;

        assertThat(problems(wide)).isEmpty();
    }

    @Test
    void referencesThatLeadBackToThemselvesAreSaid() {
        assertThat(
                        problems(
                                DOCUMENT.replace(
                                        "  /orders/{id}:\n    parameters:",
                                        "  /orders/{id}:\n    $ref: \"#/paths/~1orders~1{id}\"\n    parameters:")))
                .first()
                .asString()
                .contains("openapi-reference", "leads back to itself");
    }

    private static boolean accepts(String schema, String value) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON)
                .validate(value, InputFormat.JSON)
                .isEmpty();
    }

    private static RequestShape shape(String verb) {
        return switch (read(DOCUMENT)) {
            case Reading.Read(var declaration, _) ->
                    declaration
                            .services()
                            .get("orders")
                            .operations()
                            .get(verb)
                            .shape()
                            .orElseThrow();
            case Reading.Unreadable(var problems, _) -> throw new AssertionError(problems);
        };
    }

    private static List<String> problems(String document) {
        return switch (read(document)) {
            case Reading.Read _ -> List.of();
            case Reading.Unreadable(var problems, _) ->
                    problems.stream().map(OpenApiTest::say).toList();
        };
    }

    private static Reading read(String document) {
        return Reader.read(
                Map.of("ringwall.yaml", DECLARATION, "orders/openapi.yaml", document),
                "ringwall.yaml");
    }

    private static String say(Problem problem) {
        return problem.line()
                + " "
                + problem.rule()
                + ": "
                + problem.message()
                + " → "
                + problem.remedy();
    }
}
