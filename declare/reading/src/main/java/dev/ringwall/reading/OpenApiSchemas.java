package dev.ringwall.reading;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes schemas of a document into JSON Schema texts that stand for themselves.
///
/// What a schema refers to comes along under `$defs`. The result is JSON Schema 2020-12, whatever version the document has.
final class OpenApiSchemas {

    /// All schema texts of one document together, in characters.
    static final int TEXT_CHARS_MAX = 8 << 20;

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final OpenApiReferences references;
    private final boolean old;
    private final Problems problems;
    private final OpenApiExamples examples;
    private int charsWritten;

    OpenApiSchemas(OpenApiReferences references, boolean old, Problems problems) {
        this.references = references;
        this.old = old;
        this.problems = problems;
        this.examples = new OpenApiExamples(references);
    }

    OpenApiExamples examples() {
        return examples;
    }

    /// The schema with all that it refers to; empty when it cannot be enforced, which is then among the problems.
    Optional<String> text(Yaml schema) {
        Map<String, String> names = new LinkedHashMap<>();
        Deque<Yaml.Text> waiting = new ArrayDeque<>();
        SchemaRewriting rewriting =
                new SchemaRewriting(
                        old,
                        problems,
                        reference -> {
                            String known = names.get(reference.value());
                            if (known == null) {
                                known = "s" + names.size();
                                names.put(reference.value(), known);
                                waiting.add(reference);
                            }
                            return "#/$defs/" + known;
                        });
        JsonNode body = rewriting.schema(schema);
        ObjectNode definitions = JsonNodeFactory.instance.objectNode();
        while (!waiting.isEmpty()) {
            Yaml.Text reference = waiting.remove();
            String name = names.getOrDefault(reference.value(), "");
            references
                    .target(reference)
                    .ifPresent(target -> definitions.set(name, rewriting.schema(target)));
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("$schema", DIALECT);
        if (body instanceof ObjectNode object) {
            whole.setAll(object);
        } else {
            whole.putArray("allOf").add(body);
        }
        if (!definitions.isEmpty()) {
            whole.set("$defs", definitions);
        }
        return limited(schema, whole.toString());
    }

    private Optional<String> limited(Yaml schema, String text) {
        charsWritten += text.length();
        if (charsWritten > TEXT_CHARS_MAX) {
            problems.error(
                    "too-large",
                    schema.line(),
                    "schemas with more than "
                            + TEXT_CHARS_MAX
                            + " characters, each with all that it refers to (expected: fewer)",
                    "refer to less in each operation");
            return Optional.empty();
        }
        return Optional.of(text);
    }
}
