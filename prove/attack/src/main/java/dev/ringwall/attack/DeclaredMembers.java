package dev.ringwall.attack;

import dev.ringwall.model.AnswerShape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The members that may stand in good answers, by name wherever they stand: less strict than the schemas, but easy to be sure of.
final class DeclaredMembers {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// A schema that has none of these takes everything.
    private static final List<String> SAYING =
            List.of("type", "$ref", "properties", "allOf", "anyOf", "oneOf", "enum", "const");

    private final Set<String> names = new HashSet<>();
    private boolean open;

    private DeclaredMembers() {}

    /// Empty where nothing is said of good answers, or where they may have members of any name.
    static Optional<Set<String>> of(AnswerShape shape) {
        DeclaredMembers members = new DeclaredMembers();
        boolean said = false;
        for (Map.Entry<String, Map<String, String>> answer : shape.answers().entrySet()) {
            if (answer.getKey().startsWith("2") || answer.getKey().equals("default")) {
                for (String schema : answer.getValue().values()) {
                    members.read(schema);
                    said = true;
                }
            }
        }
        return said && !members.open ? Optional.of(Set.copyOf(members.names)) : Optional.empty();
    }

    private void read(String schema) {
        try {
            walk(JSON.readTree(schema));
        } catch (JacksonException unreadable) {
            open = true;
        }
    }

    private void walk(JsonNode node) {
        JsonNode more = node.path("additionalProperties");
        open |= !more.isMissingNode() && !(more.isBoolean() && !more.asBoolean());
        open |= node.has("patternProperties");
        for (Map.Entry<String, JsonNode> member : node.path("properties").properties()) {
            JsonNode schema = member.getValue();
            open |= SAYING.stream().noneMatch(schema::has);
            if (!schema.path("writeOnly").asBoolean(false)) {
                names.add(member.getKey());
            }
        }
        node.valueStream().forEach(this::walk);
    }
}
