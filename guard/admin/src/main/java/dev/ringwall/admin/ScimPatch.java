package dev.ringwall.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes part of a resource (RFC 7644 §3.5.2): all of the operations, or none where one cannot be done.
///
/// What Microsoft Entra ID and Okta send besides the letter of it is understood: `Add` with a capital, paths as names of members of a
/// value without a path, and a filter that finds nothing where something is added.
final class ScimPatch {

    static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// So many operations one request may have.
    static final int OPERATIONS_MAX = 100;

    /// So many values one attribute may have.
    static final int VALUES_MAX = 100;

    private final ObjectNode resource;
    private final List<ScimAttribute> known;

    private ScimPatch(ObjectNode resource, List<ScimAttribute> known) {
        this.resource = resource;
        this.known = known;
    }

    /// One operation.
    ///
    /// @param path empty where the members of the value say it
    record Step(How how, Optional<String> path, JsonNode value) {}

    /// What is done.
    enum How {
        ADD,
        REPLACE,
        REMOVE
    }

    /// The operations that a body asks for.
    static List<Step> steps(ObjectNode body) {
        JsonNode operations = member(body, "Operations");
        if (!operations.isArray() || operations.isEmpty()) {
            throw Refused.syntax("`Operations` is missing or empty");
        }
        if (operations.size() > OPERATIONS_MAX) {
            throw Refused.syntax("too many operations (expected: at most " + OPERATIONS_MAX + ")");
        }
        List<Step> steps = new ArrayList<>();
        for (JsonNode each : operations) {
            How how =
                    switch (member(each, "op").asString("").toLowerCase(Locale.ROOT)) {
                        case "add" -> How.ADD;
                        case "replace" -> How.REPLACE;
                        case "remove" -> How.REMOVE;
                        default ->
                                throw Refused.syntax(
                                        "not an operation (expected: add, replace or remove)");
                    };
            JsonNode path = member(each, "path");
            if (!path.isMissingNode() && !path.isNull() && !path.isString()) {
                throw Refused.path("a path is not a text");
            }
            steps.add(
                    new Step(
                            how,
                            Optional.of(path.asString("")).filter(text -> !text.isEmpty()),
                            member(each, "value")));
        }
        return steps;
    }

    /// A member whatever the case of its name.
    static JsonNode member(JsonNode object, String name) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return object.path(name);
    }

    /// Does all of it to a copy.
    static ObjectNode applied(ObjectNode resource, List<Step> steps, List<ScimAttribute> known) {
        ScimPatch patch = new ScimPatch(resource.deepCopy(), known);
        steps.forEach(patch::apply);
        return patch.resource;
    }

    private void apply(Step step) {
        if (step.path().isPresent()) {
            at(step.how(), ScimPath.read(step.path().get(), known), step.value());
            return;
        }
        if (step.how() == How.REMOVE) {
            throw Refused.target("`remove` without a path");
        }
        if (!step.value().isObject()) {
            throw Refused.syntax("a value without a path is not an object");
        }
        for (Map.Entry<String, JsonNode> entry : step.value().properties()) {
            String name = entry.getKey();
            if (!name.equalsIgnoreCase("schemas")) {
                at(step.how(), ScimPath.read(name, known), entry.getValue());
            }
        }
    }

    private void at(How how, ScimPath path, JsonNode value) {
        ScimAttribute attribute = path.attribute();
        if (attribute.access() == ScimAttribute.Access.READ_ONLY) {
            if (attribute.name().equals("id") && value.equals(resource.path("id"))) {
                return; // Okta says again what the id is
            }
            throw Refused.readOnly("`" + attribute.name() + "` cannot be changed here");
        }
        if (path.filter().isPresent()) {
            chosen(how, path, path.filter().get(), value);
        } else if (path.sub().isPresent()) {
            if (attribute.many()) {
                values(attribute)
                        .forEach(each -> put(how, (ObjectNode) each, path.sub().get(), value));
            } else {
                put(how, object(attribute), path.sub().get(), value);
            }
        } else {
            put(how, resource, attribute, value);
        }
    }

    private void chosen(How how, ScimPath path, ScimFilter filter, JsonNode value) {
        ArrayNode values = values(path.attribute());
        List<JsonNode> meant = new ArrayList<>();
        values.forEach(each -> {
            if (filter.fits(each)) {
                meant.add(each);
            }
        });
        if (how == How.REMOVE && path.sub().isEmpty()) {
            without(values, filter);
            return;
        }
        if (meant.isEmpty() && how == How.ADD) {
            ObjectNode fresh = values.addObject();
            says(filter, fresh);
            meant.add(fresh);
            limited(values);
        }
        if (meant.isEmpty()) {
            if (how == How.REMOVE) {
                return;
            }
            throw Refused.target("nothing there fits the filter");
        }
        for (JsonNode each : meant) {
            if (path.sub().isPresent()) {
                put(how, (ObjectNode) each, path.sub().get(), value);
            } else {
                merge((ObjectNode) each, path.attribute(), value);
            }
        }
    }

    private static void without(ArrayNode values, ScimFilter filter) {
        for (int i = values.size() - 1; i >= 0; i--) {
            if (filter.fits(values.get(i))) {
                values.remove(i);
            }
        }
    }

    /// What a filter that found nothing says of the value that is meant: `type eq "work"`.
    private static void says(ScimFilter filter, ObjectNode fresh) {
        switch (filter) {
            case ScimFilter.Compare(ScimPath path, ScimFilter.Operator operator, JsonNode with)
                    when operator == ScimFilter.Operator.EQ && path.sub().isEmpty() ->
                    fresh.set(path.attribute().name(), ScimValues.of(path.attribute(), with));
            case ScimFilter.And(ScimFilter one, ScimFilter other) -> {
                says(one, fresh);
                says(other, fresh);
            }
            default -> throw Refused.target("nothing there fits the filter");
        }
    }

    private void put(How how, ObjectNode in, ScimAttribute attribute, JsonNode value) {
        String name = attribute.name();
        if (how == How.REMOVE) {
            in.remove(name);
            return;
        }
        if (value.isMissingNode()) {
            throw Refused.unusable("a `value` is missing");
        }
        if (attribute.many()) {
            JsonNode fresh = ScimValues.of(attribute, value);
            ArrayNode values = how == How.REPLACE ? in.putArray(name) : array(in, name);
            fresh.forEach(each -> {
                if (!contains(values, each)) {
                    values.add(each);
                }
            });
            limited(values);
        } else if (attribute.type() == ScimAttribute.Type.COMPLEX && value.isObject()) {
            merge(
                    in.path(name).isObject() ? (ObjectNode) in.path(name) : in.putObject(name),
                    attribute,
                    value);
        } else if (value.isNull()) {
            in.remove(name);
        } else {
            in.set(name, ScimValues.of(attribute, value));
        }
    }

    private static void merge(ObjectNode into, ScimAttribute attribute, JsonNode value) {
        if (!value.isObject()) {
            throw Refused.unusable("a value of `" + attribute.name() + "` is not an object");
        }
        JsonNode read = ScimValues.one(attribute, value);
        read.properties().forEach(entry -> into.set(entry.getKey(), entry.getValue()));
    }

    private static boolean contains(ArrayNode values, JsonNode value) {
        for (JsonNode each : values) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void limited(ArrayNode values) {
        if (values.size() > VALUES_MAX) {
            throw Refused.unusable("too many values (expected: at most " + VALUES_MAX + ")");
        }
    }

    private ArrayNode values(ScimAttribute attribute) {
        return array(resource, attribute.name());
    }

    private static ArrayNode array(ObjectNode in, String name) {
        return in.path(name) instanceof ArrayNode array ? array : in.putArray(name);
    }

    private ObjectNode object(ScimAttribute attribute) {
        return resource.path(attribute.name()) instanceof ObjectNode object
                ? object
                : resource.putObject(attribute.name());
    }
}
