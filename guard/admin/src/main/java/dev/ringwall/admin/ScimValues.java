package dev.ringwall.admin;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Values as attributes have them, of what was sent. What an attribute does not have is left out.
final class ScimValues {

    /// The longest text, in characters.
    static final int TEXT_CHARACTERS_MAX = 1_024;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ScimValues() {}

    /// All values of the attribute; a single one where there may be several counts as one of them.
    static JsonNode of(ScimAttribute attribute, JsonNode value) {
        if (!attribute.many()) {
            return one(attribute, value);
        }
        ArrayNode values = NODES.arrayNode();
        if (value.isArray()) {
            value.forEach(each -> values.add(one(attribute, each)));
        } else if (!value.isNull()) {
            values.add(one(attribute, value));
        }
        if (values.size() > ScimPatch.VALUES_MAX) {
            throw Refused.unusable(
                    "too many values (expected: at most " + ScimPatch.VALUES_MAX + ")");
        }
        return values;
    }

    static JsonNode one(ScimAttribute attribute, JsonNode value) {
        return switch (attribute.type()) {
            case BOOLEAN -> NODES.booleanNode(flag(attribute, value));
            case STRING, REFERENCE -> NODES.stringNode(text(attribute, value));
            case COMPLEX -> complex(attribute, value);
        };
    }

    /// Entra sends booleans as texts: `"True"`.
    private static boolean flag(ScimAttribute attribute, JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        return switch (value.asString("").toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw Refused.unusable("`" + attribute.name() + "` is neither true nor false");
        };
    }

    private static String text(ScimAttribute attribute, JsonNode value) {
        if (!value.isString() || value.asString().length() > TEXT_CHARACTERS_MAX) {
            throw Refused.unusable(
                    "`"
                            + attribute.name()
                            + "` is not a text of at most "
                            + TEXT_CHARACTERS_MAX
                            + " characters");
        }
        return value.asString();
    }

    private static ObjectNode complex(ScimAttribute attribute, JsonNode value) {
        ObjectNode object = NODES.objectNode();
        if (value.isString() && ScimAttribute.named(attribute.sub(), "value").isPresent()) {
            object.put("value", text(attribute, value));
            return object;
        }
        if (!value.isObject()) {
            throw Refused.unusable("a value of `" + attribute.name() + "` is not an object");
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            Optional<ScimAttribute> sub = ScimAttribute.named(attribute.sub(), entry.getKey());
            if (sub.isPresent() && !entry.getValue().isNull()) {
                object.set(sub.get().name(), of(sub.get(), entry.getValue()));
            }
        }
        return object;
    }

    /// What of a resource may be written, by its attributes; what is read-only or not known is passed over (RFC 7644 §3.3, §3.5.1).
    static ObjectNode writable(ObjectNode resource, Iterable<ScimAttribute> known) {
        ObjectNode written = NODES.objectNode();
        for (ScimAttribute attribute : known) {
            JsonNode value = ScimPatch.member(resource, attribute.name());
            if (attribute.access() != ScimAttribute.Access.READ_ONLY
                    && !value.isMissingNode()
                    && !value.isNull()) {
                written.set(attribute.name(), of(attribute, value));
            }
        }
        return written;
    }
}
