package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ringwall.model.Problem;
import dev.ringwall.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema and the reader agree on randomly changed declarations, but for what no schema can see.
class SchemaPropertyTest {

    /// Rules that look at the calendar, at arithmetic, at a shell's grammar, at other files, or at who is on this machine.
    private static final Set<String> BEYOND =
            Set.of(
                    "out-of-range",
                    "bad-date",
                    "bad-network",
                    "bad-command",
                    "bad-url",
                    "bad-header",
                    "no-such-file",
                    "outside-folder",
                    "include-cycle",
                    "duplicate-item",
                    "openapi-form",
                    "openapi-version");

    private static final List<String> VALUES =
            List.of(
                    "\"order\"",
                    "\"shopper\"",
                    "\"anyone\"",
                    "\"nobody\"",
                    "\"Order\"",
                    "\"\"",
                    "\" \"",
                    "17",
                    "1",
                    "1.5",
                    "true",
                    "null",
                    "[]",
                    "{}",
                    "[\"order\"]",
                    "[\"anyone\"]",
                    "[\"anyone\", \"clerk\"]",
                    "[\"order\", \"order\"]",
                    "[1]",
                    "[[]]",
                    "\"8h\"",
                    "\"7y\"",
                    "\"never\"",
                    "\"always\"",
                    "\"password\"",
                    "\"api-key\"",
                    "\"client\"",
                    "\"sso\"",
                    "\"public\"",
                    "\"GET /orders\"",
                    "\"GET /auth\"",
                    "\"GET /authors\"",
                    "\"GET /a/{b}/c\"",
                    "\"get /\"",
                    "\"GET /\"",
                    "\"GET /a/\"",
                    "\"GET /a/../b\"",
                    "\"GET /a/.b\"",
                    "\"GET /.well-known/openid-configuration\"",
                    "\"300/min per address\"",
                    "\"5/s\"",
                    "\"5/s per operation\"",
                    "\"0/s\"",
                    "\"catalog.list\"",
                    "\"2027-01-31\"",
                    "\"https://a.example\"",
                    "\"http://127.0.0.1:80\"",
                    "\"https://a.example/\"",
                    "\"bearer\"",
                    "{\"header\": \"X-Key\"}",
                    "{\"order\": [\"order\"]}",
                    "{\"a b\": {}}",
                    "\"orders/flooding\"",
                    "\"everything\"",
                    "\"203.0.113.0/24\"",
                    "[\"2001:db8::/32\"]");

    private static final List<String> KEYS =
            List.of(
                    "http", "allow", "login", "session", "mfa", "rotate", "from", "limit", "class",
                    "keep", "show", "run", "url", "image", "openapi", "when", "calls", "anyone",
                    "gateway", "system", "include", "record", "zebra");

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void readerAndSchemaAgree() throws IOException {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(
                                Files.readString(Path.of("../../docs/schema/ringwall-1.json")),
                                InputFormat.JSON);
        String shop =
                Json.of(YamlParser.parse("shop", Shop.TEXT, new Problems()).orElseThrow())
                        .toString();
        Seeds.each(
                1_500,
                random -> {
                    JsonNode changed = JSON.readTree(shop);
                    for (int i = 1 + random.nextInt(2); i > 0; i--) {
                        change(random, changed);
                    }
                    String text = changed.toString();
                    boolean schemaAccepts = schema.validate(text, InputFormat.JSON).isEmpty();
                    List<Problem> problems = problems(text);
                    if (!schemaAccepts) {
                        assertThat(problems).as("the reader accepts %s", text).isNotEmpty();
                    } else {
                        assertThat(problems)
                                .as("the schema accepts %s", text)
                                .allMatch(problem ->
                                        BEYOND.contains(problem.rule())
                                                || (problem.rule().equals("missing-key")
                                                        && problem.message().contains("`system`")));
                    }
                });
    }

    private static List<Problem> problems(String text) {
        return switch (Reader.read(Map.of("ringwall.yaml", text), "ringwall.yaml")) {
            case Reading.Read _ -> List.of();
            case Reading.Unreadable(var problems, _) -> problems;
        };
    }

    /// Takes a value out, puts another in its place, or adds one, somewhere in the tree.
    private static void change(RandomGenerator random, JsonNode root) {
        List<JsonNode> inner = new ArrayList<>();
        collect(root, inner);
        JsonNode place = inner.get(random.nextInt(inner.size()));
        JsonNode value = JSON.readTree(pick(random, VALUES));
        if (place instanceof ArrayNode array) {
            if (array.isEmpty() || random.nextBoolean()) {
                array.add(value);
            } else {
                array.set(random.nextInt(array.size()), value);
            }
        } else if (place instanceof ObjectNode object) {
            List<String> names = List.copyOf(object.propertyNames());
            String name = names.isEmpty() ? pick(random, KEYS) : pick(random, names);
            switch (random.nextInt(3)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name, value);
                default -> object.set(pick(random, KEYS), value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> inner) {
        if (node.isContainer()) {
            inner.add(node);
            node.forEach(child -> collect(child, inner));
        }
    }

    private static String pick(RandomGenerator random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
