package dev.ringwall.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which attributes are shown (RFC 7644 §3.9): `attributes` or `excludedAttributes`.
///
/// @param only    where not empty, these and what is always shown
/// @param without not these
record ScimView(List<ScimPath> only, List<ScimPath> without) {

    static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    ScimView {
        only = List.copyOf(only);
        without = List.copyOf(without);
    }

    static ScimView of(AdminRequest request, List<ScimAttribute> known) {
        return new ScimView(
                paths(request.query().get("attributes"), known),
                paths(request.query().get("excludedAttributes"), known));
    }

    /// What is not known is passed over: it is not shown anyway.
    private static List<ScimPath> paths(@Nullable String text, List<ScimAttribute> known) {
        List<ScimPath> paths = new ArrayList<>();
        if (text == null) {
            return paths;
        }
        for (String each : text.split(",", -1)) {
            known(each.strip(), known).ifPresent(paths::add);
        }
        return paths;
    }

    private static Optional<ScimPath> known(String text, List<ScimAttribute> known) {
        try {
            return Optional.of(ScimPath.plain(text, known));
        } catch (Refused unknown) {
            return Optional.empty();
        }
    }

    /// Whether the attribute is shown at all.
    boolean shows(String attribute) {
        return without.stream()
                        .noneMatch(path ->
                                path.sub().isEmpty() && path.attribute().name().equals(attribute))
                && (only.isEmpty()
                        || only.stream()
                                .anyMatch(path -> path.attribute().name().equals(attribute)));
    }

    ObjectNode of(ObjectNode resource) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : resource.properties()) {
            String name = entry.getKey();
            boolean always = name.equals("schemas") || name.equals("id");
            if (always) {
                shown.set(name, entry.getValue());
            } else if (shows(name)) {
                shown.set(name, parts(name, entry.getValue()));
            }
        }
        return shown;
    }

    private JsonNode parts(String name, JsonNode value) {
        List<String> subs =
                only.stream()
                        .filter(path -> path.attribute().name().equals(name))
                        .flatMap(path -> path.sub().stream())
                        .map(ScimAttribute::name)
                        .toList();
        boolean whole =
                subs.isEmpty()
                        || only.stream()
                                .anyMatch(path ->
                                        path.attribute().name().equals(name)
                                                && path.sub().isEmpty());
        List<String> dropped =
                without.stream()
                        .filter(path -> path.attribute().name().equals(name))
                        .flatMap(path -> path.sub().stream())
                        .map(ScimAttribute::name)
                        .toList();
        if (whole && dropped.isEmpty()) {
            return value;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode parts = JsonNodeFactory.instance.arrayNode();
            array.forEach(each ->
                    parts.add(part(each, whole ? Optional.empty() : Optional.of(subs), dropped)));
            return parts;
        }
        return part(value, whole ? Optional.empty() : Optional.of(subs), dropped);
    }

    private static JsonNode part(
            JsonNode value, Optional<List<String>> kept, List<String> dropped) {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        value.properties()
                .forEach(entry -> {
                    if (kept.map(names -> names.contains(entry.getKey())).orElse(true)
                            && !dropped.contains(entry.getKey())) {
                        part.set(entry.getKey(), entry.getValue());
                    }
                });
        return part;
    }

    /// A page of a list (RFC 7644 §3.4.2.4). Pages count from 1.
    static AdminAnswer list(List<ObjectNode> page, int all, int start) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putArray("schemas").add(LIST);
        list.put("totalResults", all);
        list.put("startIndex", start);
        list.put("itemsPerPage", page.size());
        ArrayNode resources = list.putArray("Resources");
        page.forEach(resources::add);
        return AdminAnswer.of(200, AdminAnswer.SCIM, list);
    }
}
