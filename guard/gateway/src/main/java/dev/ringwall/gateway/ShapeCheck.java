package dev.ringwall.gateway;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.ringwall.model.RequestShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What requests to one operation must look like, compiled. Any thread may use it.
final class ShapeCheck {

    /// The deepest JSON that is read.
    static final int DEPTH_MAX = 64;

    /// Reads JSON as everyone would: no member twice, nothing after the end, no depth without end.
    static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    builder ->
                            builder.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .failFast(true)
                                            .formatAssertionsEnabled(true)
                                            .build()));

    private record Parameter(RequestShape.Parameter declared, JsonNode schemaNode, Schema schema) {}

    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<String> queryNames = new HashSet<>();
    private final Map<String, Schema> bodies = new HashMap<>();
    private final boolean bodyRequired;

    private ShapeCheck(RequestShape shape) {
        this.bodyRequired = shape.bodyRequired();
        for (RequestShape.Parameter parameter : shape.parameters()) {
            JsonNode node = JSON.readTree(parameter.schema());
            parameters.add(new Parameter(parameter, node, REGISTRY.getSchema(node)));
            if (parameter.in() == RequestShape.In.QUERY) {
                queryNames.add(parameter.name());
            }
        }
        shape.bodies()
                .forEach((type, schema) ->
                        bodies.put(
                                type.toLowerCase(Locale.ROOT),
                                REGISTRY.getSchema(JSON.readTree(schema))));
    }

    /// Compiles a shape.
    ///
    /// @throws JacksonException when a schema is not JSON; the reader of declarations refuses such
    static ShapeCheck of(RequestShape shape) {
        return new ShapeCheck(shape);
    }

    /// How the body of a request must be looked at.
    sealed interface BodyRule {
        /// There is none, and none is needed.
        record Pass() implements BodyRule {}

        /// It must be read whole and held against the schema.
        record Validate(Schema schema) implements BodyRule {}

        /// It must not be there, or must be.
        record NotValid(String why) implements BodyRule {}

        /// It is of a kind that is not declared.
        record OtherMedia(String why) implements BodyRule {}
    }

    /// What is wrong with the parameters; empty when nothing is.
    String parameters(
            Map<String, String> path,
            Map<String, List<String>> query,
            Function<String, List<String>> headers) {
        for (String name : query.keySet()) {
            if (!queryNames.contains(name)) {
                return "query parameter `" + clip(name) + "` is not declared";
            }
        }
        for (Parameter parameter : parameters) {
            RequestShape.Parameter declared = parameter.declared();
            List<String> values =
                    switch (declared.in()) {
                        case PATH -> one(path.get(declared.name()));
                        case QUERY -> query.getOrDefault(declared.name(), List.of());
                        case HEADER -> headers.apply(declared.name());
                    };
            String wrong = wrong(parameter, values);
            if (!wrong.isEmpty()) {
                return wrong;
            }
        }
        return "";
    }

    private static String wrong(Parameter parameter, List<String> values) {
        RequestShape.Parameter declared = parameter.declared();
        String name =
                declared.in().name().toLowerCase(Locale.ROOT) + " parameter " + declared.name();
        if (values.isEmpty()) {
            return declared.required() ? name + " is missing" : "";
        }
        boolean array = parameter.schemaNode().path("type").asString("").equals("array");
        if (values.size() > 1 && !array) {
            return name + " stands there " + values.size() + " times";
        }
        JsonNode value;
        if (array) {
            var items = JsonNodeFactory.instance.arrayNode();
            values.forEach(item -> items.add(typed(item, parameter.schemaNode().path("items"))));
            value = items;
        } else {
            value = typed(values.getFirst(), parameter.schemaNode());
        }
        return parameter.schema().validate(value).stream()
                .findFirst()
                .map(error -> name + " is not valid: " + error.getKeyword())
                .orElse("");
    }

    /// A parameter is text; where the schema asks for something else it is read as that, if it is written so.
    private static JsonNode typed(String text, JsonNode schema) {
        String type = schema.path("type").asString("string");
        boolean number = text.matches("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");
        if ((type.equals("integer") || type.equals("number")) && number) {
            return JSON.readTree(text);
        }
        if (type.equals("boolean") && (text.equals("true") || text.equals("false"))) {
            return JsonNodeFactory.instance.booleanNode(text.equals("true"));
        }
        return JsonNodeFactory.instance.stringNode(text);
    }

    /// How the body must be looked at.
    BodyRule body(boolean present, String contentType) {
        if (!present) {
            return bodyRequired ? new BodyRule.NotValid("a body is missing") : new BodyRule.Pass();
        }
        if (bodies.isEmpty()) {
            return new BodyRule.NotValid("a body, where none is declared");
        }
        int semicolon = contentType.indexOf(';');
        String type =
                (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                        .strip()
                        .toLowerCase(Locale.ROOT);
        Schema schema = bodies.get(type);
        return schema == null || !utf8(contentType, semicolon)
                ? new BodyRule.OtherMedia("content type `" + clip(contentType) + "`")
                : new BodyRule.Validate(schema);
    }

    /// What is wrong with a JSON body; empty when nothing is.
    static String wrong(Schema schema, byte[] body) {
        try {
            return schema.validate(JSON.readTree(body)).stream()
                    .findFirst()
                    .map(error -> "body " + error.getInstanceLocation() + ": " + error.getKeyword())
                    .orElse("");
        } catch (JacksonException notJson) {
            return "the body is not JSON that reads one way only";
        }
    }

    private static boolean utf8(String contentType, int semicolon) {
        String rest = semicolon < 0 ? "" : contentType.substring(semicolon + 1);
        String text = rest.toLowerCase(Locale.ROOT).replace("\"", "");
        return !text.contains("charset=") || text.contains("charset=utf-8");
    }

    private static List<String> one(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    private static String clip(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
