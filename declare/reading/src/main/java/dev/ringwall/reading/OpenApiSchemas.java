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
/// What a schema refers to comes along under `$defs`. The result is JSON Schema 2020-12, whatever version the document has, and closed:
/// what it does not name is not in it.
final class OpenApiSchemas {

    /// All schema texts of one document together, in characters.
    static final int TEXT_CHARS_MAX = 8 << 20;

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final OpenApiReferences references;
    private final Discriminators discriminators;
    private final boolean old;
    private final Problems problems;
    private final OpenApiExamples examples;
    private int charsWritten;

    OpenApiSchemas(OpenApiReferences references, boolean old, Problems problems) {
        this.references = references;
        this.discriminators = new Discriminators(references, problems);
        this.old = old;
        this.problems = problems;
        this.examples = new OpenApiExamples(references);
    }

    /// A schema that is referred to, once for each way in which it counts.
    private record Definition(OpenApiReferences.Target target, SchemaPlace place) {}

    private record Waiting(String name, Yaml.Text reference, SchemaPlace place) {}

    OpenApiExamples examples() {
        return examples;
    }

    /// The schema of something that is sent, with all that it refers to; empty when it cannot be enforced, which is then among the
    /// problems.
    Optional<String> text(Yaml schema) {
        return text(schema, false);
    }

    /// The schema of an answer.
    Optional<String> ofAnswer(Yaml schema) {
        return text(schema, true);
    }

    private Optional<String> text(Yaml schema, boolean answer) {
        Map<Definition, String> names = new LinkedHashMap<>();
        Deque<Waiting> waiting = new ArrayDeque<>();
        SchemaRewriting rewriting =
                new SchemaRewriting(
                        old,
                        answer,
                        problems,
                        discriminators,
                        (reference, place) ->
                                "#/$defs/" + defined(reference, place, names, waiting));
        JsonNode body = rewriting.schema(schema, SchemaPlace.WHOLE);
        ObjectNode definitions = JsonNodeFactory.instance.objectNode();
        Map<String, Yaml.Text> written = new LinkedHashMap<>();
        while (!waiting.isEmpty()) {
            Waiting next = waiting.remove();
            written.put(next.name(), next.reference());
            references
                    .target(next.reference())
                    .ifPresent(target ->
                            definitions.set(next.name(), rewriting.schema(target, next.place())));
        }
        new SchemaCircles(definitions).find().map(written::get).ifPresent(references::circle);
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
        return limited(schema, Json.text(whole));
    }

    private String defined(
            Yaml.Text reference,
            SchemaPlace place,
            Map<Definition, String> names,
            Deque<Waiting> waiting) {
        Optional<OpenApiReferences.Target> target = references.place(reference);
        if (target.isEmpty()) {
            return "";
        }
        return names.computeIfAbsent(
                new Definition(target.get(), place),
                _ -> {
                    String name = "s" + names.size();
                    waiting.add(new Waiting(name, reference, place));
                    return name;
                });
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
