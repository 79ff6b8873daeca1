package dev.ringwall.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON as everyone would: no member twice, nothing after the end, no depth without end. What is not so is a
/// [tools.jackson.core.JacksonException].
///
/// It goes without Jackson's mapper, which gives the same and which nothing else in a node needs: 500 classes that the first call would wait for.
final class StrictJson {

    /// The deepest JSON that is read.
    static final int DEPTH_MAX = 64;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                    .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StrictJson() {}

    /// The JSON as a tree; a missing node where there is none at all.
    static JsonNode tree(byte[] json) {
        try (JsonParser from = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (from.nextToken() == null) {
                return MissingNode.getInstance();
            }
            JsonNode tree = node(from);
            end(from);
            return tree;
        }
    }

    /// The same of text.
    static JsonNode tree(String json) {
        return tree(json.getBytes(StandardCharsets.UTF_8));
    }

    /// The JSON as maps, lists, text, numbers and truth values.
    static @Nullable Object value(byte[] json) {
        try (JsonParser from = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (from.nextToken() == null) {
                throw new StreamReadException(from, "nothing");
            }
            Object value = plain(from);
            end(from);
            return value;
        }
    }

    /// Maps by text, collections, text, `int` and `long`, truth values and null as JSON, UTF-8.
    static byte[] write(Map<String, ?> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator to = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(to, members);
        }
        return bytes.toByteArray();
    }

    private static void end(JsonParser from) {
        if (from.nextToken() != null) {
            throw new StreamReadException(from, "something follows the end");
        }
    }

    private static JsonNode node(JsonParser from) {
        return switch (from.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                for (String name = from.nextName(); name != null; name = from.nextName()) {
                    from.nextToken();
                    object.set(name, node(from));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (from.nextToken() != JsonToken.END_ARRAY) {
                    array.add(node(from));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.stringNode(from.getString());
            case VALUE_NUMBER_INT ->
                    switch (from.getNumberType()) {
                        case INT -> NODES.numberNode(from.getIntValue());
                        case LONG -> NODES.numberNode(from.getLongValue());
                        default -> NODES.numberNode(from.getBigIntegerValue());
                    };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(from.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new StreamReadException(from, "no value");
        };
    }

    private static @Nullable Object plain(JsonParser from) {
        return switch (from.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> object = new LinkedHashMap<>();
                for (String name = from.nextName(); name != null; name = from.nextName()) {
                    from.nextToken();
                    object.put(name, plain(from));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> array = new ArrayList<>();
                while (from.nextToken() != JsonToken.END_ARRAY) {
                    array.add(plain(from));
                }
                yield array;
            }
            case VALUE_STRING -> from.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> from.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new StreamReadException(from, "no value");
        };
    }

    private static void write(JsonGenerator to, @Nullable Object value) {
        switch (value) {
            case null -> to.writeNull();
            case String text -> to.writeString(text);
            case Long number -> to.writeNumber(number);
            case Integer number -> to.writeNumber(number);
            case Boolean truth -> to.writeBoolean(truth);
            case Map<?, ?> members -> {
                to.writeStartObject();
                members.forEach((name, member) -> {
                    to.writeName((String) name);
                    write(to, member);
                });
                to.writeEndObject();
            }
            case Collection<?> items -> {
                to.writeStartArray();
                items.forEach(item -> write(to, item));
                to.writeEndArray();
            }
            default -> throw new IllegalArgumentException("a " + value.getClass().getName());
        }
    }
}
