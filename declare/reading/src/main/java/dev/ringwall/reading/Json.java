package dev.ringwall.reading;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// YAML as the JSON that it stands for (YAML 1.2.2 §10.3).
final class Json {

    /// Digits of a number; longer ones are kept as text.
    static final int NUMBER_CHARS_MAX = 40;

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
