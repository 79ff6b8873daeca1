package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a JVM loads that reads an OpenAPI document: a node keeps all of it for as long as it runs.
class OpenApiClassesTest {

    private static final long SECONDS_MAX = 120;

    private static final String DECLARATION =
            """
            ringwall: 1
            system: shop
            services:
              orders:
                openapi: openapi.yaml
                operations:
                  place: { http: "POST /orders/{id}" }
            """;

    private static final String DOCUMENT =
            """
            openapi: 3.0.3
            paths:
              /orders/{id}:
                post:
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }
                    - { name: sort, in: query, schema: { type: string, enum: [name, price] } }
                  requestBody:
                    content:
                      application/json:
                        schema: { $ref: "#/components/schemas/Order" }
                        example: { sku: tea, weight: 0.5, gift: false }
                  responses:
                    "200":
                      description: placed
                      content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } }
            components:
              schemas:
                Order:
                  type: object
                  additionalProperties: false
                  required: [sku]
                  properties:
                    sku: { type: string, pattern: "^[a-z]+$" }
                    weight: { type: number, maximum: 0.75 }
                    gift: { type: boolean, nullable: true }
            """;

    @TempDir Path folder;

    /// Reads the document in a JVM of its own.
    public static void main(String[] arguments) {
        Reading reading =
                Reader.read(
                        Map.of("ringwall.yaml", DECLARATION, "openapi.yaml", DOCUMENT),
                        "ringwall.yaml");
        System.out.println(reading instanceof Reading.Read ? "it is read" : reading);
    }

    @Test
    void readingADocumentLoadsNothingOfJacksonsMapper() throws Exception {
        List<String> said = inAJvmOfItsOwn();

        assertThat(said).contains("it is read");
        assertThat(said.stream().filter(line -> line.contains(" tools.jackson.databind.")))
                .anyMatch(line -> line.contains(".node.ObjectNode "))
                .noneMatch(line -> line.contains("Mapper "))
                .noneMatch(line -> line.contains(".databind.ser."))
                .noneMatch(line -> line.contains(".databind.deser."));
    }

    private List<String> inAJvmOfItsOwn() throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xlog:class+load:stdout",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OpenApiClassesTest.class.getName())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(said, StandardCharsets.UTF_8);
    }
}
