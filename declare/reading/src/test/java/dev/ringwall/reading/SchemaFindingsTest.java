package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ringwall.model.RequestShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong with a schema is said where it is written; what is right with it becomes closed.
class SchemaFindingsTest {

    private static final String DECLARATION =
            """
            ringwall: 1
            system: shop
            services:
              orders: { openapi: api/orders.yaml, operations: { place: { http: POST /orders } } }
            """;

    /// The schema of the body begins in line 8, column 21.
    private static final String DOCUMENT =
            """
            openapi: %s
            paths:
              /orders:
                post:
                  requestBody:
                    content:
                      application/json:
                        schema: %s
            components:
              schemas:
                Cat: { type: object, properties: { kind: { type: string }, lives: { type: integer } } }
                Dog: { type: object, properties: { kind: { type: string }, bark: { $ref: "#/components/schemas/Sound" } } }
                Sound: { type: object, properties: { loud: { type: boolean } } }
                Loop: { allOf: [{ $ref: "#/components/schemas/Loop" }] }
                Tree: { type: object, properties: { left: { $ref: "#/components/schemas/Tree" } } }
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    { type: strin }                    | 8:29 openapi-form did you mean `string`?
                    { type: [string, nul] }            | 8:38 openapi-form did you mean `null`?
                    { minLength: -1 }                  | 8:34 openapi-form
                    { maxItems: 1.5 }                  | 8:33 openapi-form
                    { maxProperties: "3" }             | 8:38 openapi-form
                    { minimum: "1" }                   | 8:32 openapi-form
                    { exclusiveMinimum: true }         | 8:41 openapi-form
                    { multipleOf: 0 }                  | 8:35 openapi-form
                    { enum: [] }                       | 8:29 openapi-form
                    { enum: a }                        | 8:29 openapi-form
                    { required: id }                   | 8:33 openapi-form
                    { uniqueItems: yes }               | 8:36 openapi-form
                    { pattern: "(?=a)b" }              | 8:32 openapi-form
                    { pattern: "(a)\\\\1" }            | 8:32 openapi-form
                    { patternProperties: { "[": {} } } | 8:44 openapi-form
                    { format: colour }                 | 8:31 openapi-not-enforced
                    { format: datetime }               | 8:31 openapi-not-enforced did you mean `date-time`?
                    { allOf: { type: string } }        | 8:30 openapi-form
                    { anyOf: [] }                      | 8:30 openapi-form
                    { properties: [a] }                | 8:35 openapi-form
                    { items: 3 }                       | 8:30 openapi-form
                    { dependentRequired: { a: b } }    | 8:47 openapi-form
                    { type: object }                   | 8:21 openapi-form
                    { minItens: 1 }                    | 8:23 openapi-not-enforced did you mean `minItems`?
                    { $ref: "#/components/schemas/Ca" }       | 8:29 openapi-reference
                    { $ref: "https://a.example/a.json" }      | 8:29 openapi-reference
                    { $ref: "../../outside.yaml#/A" }         | 8:29 openapi-reference
                    { $ref: "missing.yaml#/A" }               | 8:29 no-such-file
                    { $ref: "#/components/schemas/Loop" }     | 8:29 openapi-reference leads back to itself
                    { discriminator: { propertyName: kind } } | 8:38 openapi-not-enforced
                    { oneOf: [{ type: string }], discriminator: { propertyName: kind } } | 8:31 openapi-form
                    { oneOf: [{ $ref: "#/components/schemas/Cat" }], discriminator: { propertyName: kind, mapping: { d: Dog } } } | 8:121 openapi-reference
                    """)
    void aBadSchemaIsAFindingWhereItIsWritten(String schema, String expected) {
        String[] parts = expected.split(" ", 3);

        assertThat(findings("3.1.0", schema))
                .anySatisfy(finding -> {
                    assertThat(finding).startsWith("api/orders.yaml:" + parts[0] + " " + parts[1]);
                    assertThat(finding).contains(parts.length > 2 ? parts[2] : "");
                });
    }

    @Test
    void whatOldDocumentsSayDifferentlyIsReadAsTheyMeanIt() {
        assertThat(findings("3.0.3", "{ type: integer, minimum: 1, exclusiveMinimum: true }"))
                .isEmpty();
        assertThat(findings("3.0.3", "{ type: string, nullable: true }")).isEmpty();
        assertThat(findings("3.0.3", "{ type: 'null' }"))
                .singleElement()
                .asString()
                .contains("nullable");
        assertThat(findings("3.1.0", "{ type: [integer, 'null'], exclusiveMinimum: 1 }")).isEmpty();
    }

    @Test
    void schemasThatLeadDeeperAndNotInCirclesAreGood() {
        assertThat(findings("3.1.0", "{ $ref: '#/components/schemas/Tree' }")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    { $ref: "#/components/schemas/Cat" }  | {"lives":1} | {"lives":1,"a":1}
                    { properties: { a: { $ref: "#/components/schemas/Cat" } } } | {"a":{}} | {"a":{"b":1}}
                    { type: array, items: { $ref: "#/components/schemas/Cat" } } | [{}] | [{"b":1}]
                    { allOf: [{ $ref: "#/components/schemas/Cat" }, { properties: { b: {} } }] } | {"lives":1,"b":2} | {"c":1}
                    { allOf: [{ $ref: "#/components/schemas/Dog" }] } | {"bark":{"loud":true}} | {"bark":{"b":1}}
                    { properties: {}, additionalProperties: true } | {"a":1} | 1x
                    { properties: { a: {} }, not: { properties: { a: { properties: { b: { const: 1 } } } }, required: [a] } } | {} | {"a":{"c":1}}
                    { type: object, additionalProperties: { type: integer } } | {"a":1} | {"a":"1"}
                    { type: object, maxProperties: 0 } | {} | {"a":1}
                    {} | {"a":1} | 1x
                    """)
    void whatIsNotNamedIsNotInIt(String schema, String good, String bad) {
        String text = shape(schema).bodies().get("application/json");

        assertThat(accepts(text, good)).as(text).isTrue();
        if (!bad.equals("1x")) {
            assertThat(accepts(text, bad)).as(text).isFalse();
        }
    }

    @Test
    void aReferenceLeadsIntoFilesBesideTheDocument() {
        Reading reading =
                Reader.read(
                        Map.of(
                                "ringwall.yaml",
                                DECLARATION,
                                "api/orders.yaml",
                                DOCUMENT.formatted(
                                                "3.1.0",
                                                "{ $ref: \"parts/order.yaml#/a%7Eb/Order\" }")
                                        .replace("%7E", "~0"),
                                "api/parts/order.yaml",
                                "a~b: { Order: { type: object, properties: { line: { $ref: \"line.json\" } } } }",
                                "api/parts/line.json",
                                "{\"type\":\"object\",\"properties\":{\"sku\":{\"$ref\":\"order.yaml#/a~0b/Order\"}}}"),
                        "ringwall.yaml");

        String text = shape(reading).bodies().get("application/json");
        assertThat(accepts(text, "{\"line\":{\"sku\":{\"line\":{}}}}")).isTrue();
        assertThat(accepts(text, "{\"line\":{\"sku\":{\"line\":{\"b\":1}}}}")).isFalse();
    }

    @Test
    void aDiscriminatorNamesItsSchemasByValueAndByName() {
        String text =
                shape(
                                """
                                { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
                                  discriminator: { propertyName: kind, mapping: { puss: "#/components/schemas/Cat", rex: Dog } } }
                                """
                                        .replace("\n", " "))
                        .bodies()
                        .get("application/json");

        assertThat(text)
                .contains(
                        "\"discriminator\":{\"propertyName\":\"kind\",\"mapping\":{\"Cat\":\"#/$defs/s0\",\"Dog\":\"#/$defs/s1\",\"puss\":\"#/$defs/s0\",\"rex\":\"#/$defs/s1\"}}");
    }

    private static boolean accepts(String schema, String value) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON)
                .validate(value, InputFormat.JSON)
                .isEmpty();
    }

    private static RequestShape shape(String schema) {
        return shape(read("3.1.0", schema));
    }

    private static RequestShape shape(Reading reading) {
        return switch (reading) {
            case Reading.Read(var declaration, _) ->
                    declaration
                            .services()
                            .get("orders")
                            .operations()
                            .get("place")
                            .shape()
                            .orElseThrow();
            case Reading.Unreadable(var problems, _) -> throw new AssertionError(problems);
        };
    }

    private static List<String> findings(String version, String schema) {
        return switch (read(version, schema)) {
            case Reading.Read _ -> List.of();
            case Reading.Unreadable(var problems, _) ->
                    problems.stream()
                            .map(problem ->
                                    problem.line().file()
                                            + ":"
                                            + problem.line().number()
                                            + ":"
                                            + problem.line().column()
                                            + " "
                                            + problem.rule()
                                            + " "
                                            + problem.message()
                                            + " "
                                            + problem.remedy())
                            .toList();
        };
    }

    private static Reading read(String version, String schema) {
        return Reader.read(
                Map.of(
                        "ringwall.yaml",
                        DECLARATION,
                        "api/orders.yaml",
                        DOCUMENT.formatted(version, schema)),
                "ringwall.yaml");
    }
}
