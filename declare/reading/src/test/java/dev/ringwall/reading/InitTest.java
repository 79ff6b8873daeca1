package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Problem;
import dev.ringwall.testkit.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitTest {

    private static final String COMPOSE =
            """
            services:
              catalog:
                image: shop/catalog:1
                ports: ["127.0.0.1:8081:8080"]
                depends_on: [db]
              Order_Service:
                build: ./orders
                command: ["java", "-jar", "orders.jar"]
                ports: [{ target: 8080, published: 8082 }]
                depends_on: { catalog: { condition: service_started }, db: {} }
              gateway:
                image: nginx
                ports: ["8443:443/tcp", 80]
              db:
                image: postgres:17
            """;

    private static final String DOCUMENT =
            """
            openapi: 3.0.3
            info: { title: "Orders API\\n# hidden", version: "1" }
            paths:
              /orders:
                get: { operationId: listOrders }
                post: {}
              /orders/{id}:
                get: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }] }
              /orders/{id}.pdf:
                get: {}
              /auth/token:
                post: {}
              /{thing}/lines:
                get: { parameters: [{ name: thing, in: path, required: true, schema: { type: string } }] }
            """;

    @Test
    void aFreshDeclarationPassesWithNothingToSay() {
        assertThat(problems(Init.fresh("My Shop 2!"), Map.of())).isEmpty();
        assertThat(Init.fresh("My Shop 2!")).contains("system: my-shop-2\n");
        assertThat(Init.fresh("???")).contains("system: system\n");
    }

    @Test
    void aComposeFileBecomesServicesWithWhatItKnows() {
        String text =
                ((Init.Outcome.Written) Init.fromCompose("shop", "docker-compose.yml", COMPOSE))
                        .declaration();

        assertThat(errors(text, Map.of())).isEmpty();
        assertThat(text)
                .contains(
                        "  catalog:\n    url: http://127.0.0.1:8081\n    # image: shop/catalog:1 ")
                .contains("    # stores: { postgres: [")
                .contains(
                        "  order-service:\n    url: http://127.0.0.1:8082\n    # run: java -jar orders.jar\n")
                .contains("    # calls: [catalog.an-operation] (it depends on catalog)\n")
                .contains("  gateway-2:\n    url: http://127.0.0.1:8443\n")
                .doesNotContain("  db:\n");
    }

    @Test
    void anOpenApiDocumentBecomesClosedOperations() {
        String text =
                ((Init.Outcome.Written) Init.fromOpenApi("shop", "openapi.yaml", DOCUMENT))
                        .declaration();

        assertThat(errors(text, Map.of("openapi.yaml", DOCUMENT))).isEmpty();
        assertThat(text)
                .contains("    openapi: \"openapi.yaml\"\n")
                .contains("      list-orders: { http: \"GET /orders\" }\n")
                .contains("      create-orders: { http: \"POST /orders\" }\n")
                .contains("      read-orders: { http: \"GET /orders/{id}\" }\n")
                .contains("# GET /orders/{id}.pdf is left out:")
                .contains(
                        "# create-token: { http: \"POST /auth/token\" }   # left out: ringwall.yaml:");
        Blueprint blueprint = blueprint(text, Map.of("openapi.yaml", DOCUMENT));
        assertThat(blueprint.operations().values())
                .extracting(Operation::allow)
                .hasOnlyElementsOfType(dev.ringwall.model.Allow.Nobody.class);
    }

    @Test
    void aDocumentThatCannotBeCheckedIsNamedInAComment() {
        String document = DOCUMENT.replace("schema: { type: string }", "schema: { tipe: string }");

        String text =
                ((Init.Outcome.Written) Init.fromOpenApi("shop", "openapi.yaml", document))
                        .declaration();

        assertThat(text).contains("    # openapi: \"openapi.yaml\"   # left out: openapi.yaml:8");
        assertThat(errors(text, Map.of("openapi.yaml", document))).isEmpty();
    }

    @Test
    void whatIsNeitherIsSaid() {
        assertThat(Init.fromCompose("shop", "c.yml", "a: 1\n"))
                .isInstanceOf(Init.Outcome.Unreadable.class);
        assertThat(Init.fromCompose("shop", "c.yml", "a: [\n"))
                .isInstanceOf(Init.Outcome.Unreadable.class);
        assertThat(Init.fromOpenApi("shop", "o.yaml", "a: 1\n"))
                .isInstanceOf(Init.Outcome.Unreadable.class);
    }

    @Test
    void whateverStandsInTheFilesTheDeclarationPasses() {
        Seeds.each(
                200,
                random -> {
                    StringBuilder junk = new StringBuilder();
                    for (int i = 0; i < 8; i++) {
                        junk.append((char) (32 + random.nextInt(95)));
                    }
                    String quoted = junk.toString().replace("\\", "\\\\").replace("\"", "\\\"");
                    String compose =
                            COMPOSE.replace("catalog", "\"" + quoted + "\"")
                                    .replace("shop/\"" + quoted + "\":1", "\"" + quoted + "\"");
                    if (Init.fromCompose(quoted, "c.yml", compose)
                            instanceof Init.Outcome.Written(String text)) {
                        assertThat(errors(text, Map.of())).isEmpty();
                    }
                    String document =
                            DOCUMENT.replace("/orders:", "\"/" + quoted + "\":")
                                    .replace("listOrders", "\"" + quoted + "\"");
                    if (Init.fromOpenApi(quoted, "o.yaml", document)
                            instanceof Init.Outcome.Written(String text)) {
                        assertThat(errors(text, Map.of("o.yaml", document))).isEmpty();
                    }
                });
    }

    private static Blueprint blueprint(String text, Map<String, String> others) {
        return switch (Reader.read(files(text, others), "ringwall.yaml")) {
            case Reading.Read(var read, _)
                    when Blueprint.of(read) instanceof Blueprint.Outcome.Sound(var sound, _) ->
                    sound;
            case Reading other -> throw new AssertionError(other);
        };
    }

    private static List<String> errors(String text, Map<String, String> others) {
        return problems(text, others).stream()
                .filter(Problem::stops)
                .map(Problem::toString)
                .toList();
    }

    private static List<Problem> problems(String text, Map<String, String> others) {
        return switch (Reader.read(files(text, others), "ringwall.yaml")) {
            case Reading.Read(var read, _) -> Blueprint.of(read).problems();
            case Reading.Unreadable(var problems, _) -> problems;
        };
    }

    private static Map<String, String> files(String text, Map<String, String> others) {
        Map<String, String> files = new HashMap<>(others);
        files.put("ringwall.yaml", text);
        return files;
    }
}
