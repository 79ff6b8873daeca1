package dev.ringwall.admin;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The members of a body; one that is not known is refused rather than passed over, so that nobody believes it was heeded.
final class Fields {

    private final ObjectNode object;

    private Fields(ObjectNode object) {
        this.object = object;
    }

    static Fields of(byte[] body, Set<String> known) {
        ObjectNode object = StrictJson.object(body);
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw Refused.unusable(
                        "a member that is not known here (expected: "
                                + String.join(", ", new TreeSet<>(known))
                                + ")");
            }
        }
        return new Fields(object);
    }

    Optional<String> text(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw Refused.unusable("`" + name + "` is not a text");
        }
        return Optional.of(value.asString());
    }

    Optional<Boolean> flag(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw Refused.unusable("`" + name + "` is neither true nor false");
        }
        return Optional.of(value.asBoolean());
    }

    Optional<Set<String>> names(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>();
        if (!value.isArray()) {
            throw Refused.unusable("`" + name + "` is not a list of names");
        }
        for (JsonNode each : value) {
            if (!each.isString()) {
                throw Refused.unusable("`" + name + "` is not a list of names");
            }
            names.add(each.asString());
        }
        return Optional.of(names);
    }
}
