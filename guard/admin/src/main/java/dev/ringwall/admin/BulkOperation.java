package dev.ringwall.admin;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One of several operations in a request (RFC 7644 §3.7).
///
/// @param at     its place among them
/// @param bulkId what others call that which it makes; `` where nothing does
/// @param data   its body; empty where it has none
record BulkOperation(
        int at,
        String method,
        String path,
        String bulkId,
        Optional<String> version,
        Optional<JsonNode> data) {

    private static final String REFERENCE = "bulkId:";
    private static final int BULK_ID_CHARACTERS_MAX = 100;

    /// What there is to be changed, and which of them.
    private static final Pattern PATH =
            Pattern.compile("/(Users|Groups)(?:/([A-Za-z0-9_.-]{1,64}))?");

    static BulkOperation read(int at, JsonNode said) {
        if (!(said instanceof ObjectNode object)) {
            throw Refused.syntax("an operation that is not an object");
        }
        JsonNode data = ScimPatch.member(object, "data");
        String bulkId = text(object, "bulkId");
        String method = text(object, "method").toUpperCase(Locale.ROOT);
        if (bulkId.length() > BULK_ID_CHARACTERS_MAX) {
            throw Refused.unusable(
                    "a `bulkId` is too long (expected: at most " + BULK_ID_CHARACTERS_MAX + ")");
        }
        if (method.equals("POST") && bulkId.isEmpty()) {
            throw Refused.unusable("what is made has no `bulkId`");
        }
        return new BulkOperation(
                at,
                method,
                text(object, "path"),
                bulkId,
                Optional.of(text(object, "version")).filter(text -> !text.isEmpty()),
                data.isMissingNode() || data.isNull() ? Optional.empty() : Optional.of(data));
    }

    private static String text(ObjectNode object, String name) {
        JsonNode value = ScimPatch.member(object, name);
        if (!value.isMissingNode() && !value.isString()) {
            throw Refused.syntax("`" + name + "` is not a text");
        }
        return value.asString("");
    }

    /// The operation that it would be alone.
    String verb() {
        Matcher where = PATH.matcher(path.replace(REFERENCE, ""));
        if (!where.matches()) {
            throw Refused.missing("address (expected: /Users, /Users/ID, or /Groups/ID)");
        }
        boolean user = where.group(1).equals("Users");
        boolean one = where.group(2) != null;
        return switch (method + (one ? " one" : "")) {
            case "POST" -> "scim-create-" + kind(user);
            case "PUT one" -> "scim-replace-" + kind(user);
            case "PATCH one" -> "scim-change-" + kind(user);
            case "DELETE one" -> "scim-delete-" + kind(user);
            default -> throw Refused.unusable("that method is not for that address");
        };
    }

    private static String kind(boolean user) {
        return user ? "user" : "group";
    }

    /// What it names that other operations make.
    Set<String> refersTo() {
        Set<String> names = new TreeSet<>();
        int at = path.indexOf(REFERENCE);
        if (at >= 0) {
            names.add(path.substring(at + REFERENCE.length()));
        }
        data.ifPresent(node -> collect(node, names));
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isString() && node.asString().startsWith(REFERENCE)) {
            names.add(node.asString().substring(REFERENCE.length()));
        }
        node.forEach(each -> collect(each, names));
    }

    /// The same with ids in the place of those names.
    BulkOperation resolved(Map<String, String> made) {
        int at = path.indexOf(REFERENCE);
        String name = at < 0 ? "" : path.substring(at + REFERENCE.length());
        return new BulkOperation(
                this.at,
                method,
                made.containsKey(name) ? path.substring(0, at) + made.get(name) : path,
                bulkId,
                version,
                data.map(node -> resolved(node, made)));
    }

    private static JsonNode resolved(JsonNode node, Map<String, String> made) {
        if (node.isString() && node.asString().startsWith(REFERENCE)) {
            String id = made.get(node.asString().substring(REFERENCE.length()));
            return id == null ? node : JsonNodeFactory.instance.stringNode(id);
        }
        if (node instanceof ArrayNode array) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            array.forEach(each -> all.add(resolved(each, made)));
            return all;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(entry -> all.set(entry.getKey(), resolved(entry.getValue(), made)));
            return all;
        }
        return node;
    }

    /// As it would come alone.
    AdminRequest request(String verb, AdminRequest whole) {
        Matcher where = PATH.matcher(path);
        if (!where.matches()) {
            throw Refused.missing("address");
        }
        return new AdminRequest(
                verb,
                where.group(2) == null ? "" : where.group(2),
                "",
                Map.of(),
                version,
                data.map(StrictJson.JSON::writeValueAsBytes).orElseGet(() -> new byte[0]),
                whole.base(),
                whole.by());
    }

    /// Where it is about.
    String location(String base) {
        return base + "/scim/v2" + path;
    }
}
