package dev.ringwall.reading;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// YAML as the JSON that it stands for (YAML 1.2.2 §10.3), and JSON as text.
final class Json {

    /// Digits of a number; longer ones are kept as text.
    static final int NUMBER_CHARS_MAX = 40;

    private static final JsonFactory WRITING = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static JsonNode of(Yaml value) {
        return switch (value) {
            case Yaml.Mapping mapping -> {
                ObjectNode object = NODES.objectNode();
                for (Map.Entry<String, Yaml.Entry> entry : mapping.entries().entrySet()) {
                    object.set(entry.getKey(), of(entry.getValue().value()));
                }
                yield object;
            }
            case Yaml.Items items -> {
                ArrayNode array = NODES.arrayNode();
                items.items().forEach(item -> array.add(of(item)));
                yield array;
            }
            case Yaml.Text text -> scalar(text);
        };
    }

    /// The text of a tree, without blanks. `JsonNode.toString` writes the same and sets up Jackson's mapper to do so: 450 classes that a node
    /// would load, and keep, for nothing else.
    static String text(JsonNode tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = WRITING.createGenerator(ObjectWriteContext.empty(), text)) {
            write(to, tree);
        }
        return text.toString();
    }

    private static void write(JsonGenerator to, JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                to.writeStartObject();
                node.forEachEntry((name, member) -> {
                    to.writeName(name);
                    write(to, member);
                });
                to.writeEndObject();
            }
            case ARRAY -> {
                to.writeStartArray();
                node.forEach(item -> write(to, item));
                to.writeEndArray();
            }
            case STRING -> to.writeString(node.stringValue());
            case BOOLEAN -> to.writeBoolean(node.booleanValue());
            case NULL -> to.writeNull();
            case NUMBER -> number(to, node);
            case BINARY, MISSING, POJO ->
                    throw new IllegalArgumentException("a " + node.getNodeType() + " in JSON");
        }
    }

    private static void number(JsonGenerator to, JsonNode number) {
        if (number.isIntegralNumber()) {
            to.writeNumber(number.bigIntegerValue());
        } else {
            to.writeNumber(number.decimalValue());
        }
    }

    private static JsonNode scalar(Yaml.Text text) {
        return switch (text.kind()) {
            case STRING -> NODES.stringNode(text.value());
            case BOOLEAN -> NODES.booleanNode(text.value().equalsIgnoreCase("true"));
            case NOTHING -> NODES.nullNode();
            case INTEGER, NUMBER -> number(text.value());
        };
    }

    private static JsonNode number(String text) {
        if (text.length() > NUMBER_CHARS_MAX) {
            return NODES.stringNode(text);
        }
        try {
            if (text.startsWith("0x")) {
                return NODES.numberNode(new BigInteger(text.substring(2), 16));
            }
            if (text.startsWith("0o")) {
                return NODES.numberNode(new BigInteger(text.substring(2), 8));
            }
            BigDecimal number = new BigDecimal(text);
            return number.scale() <= 0 && text.matches("[-+]?[0-9]+")
                    ? NODES.numberNode(number.toBigIntegerExact())
                    : NODES.numberNode(number);
        } catch (NumberFormatException notANumber) {
            // `.inf` and `.nan` are numbers in YAML and none in JSON.
            return NODES.stringNode(text);
        }
    }
}
