package dev.ringwall.admin;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// What SCIM says of itself: what is supported, and how resources look (RFC 7643 §5 to §7, RFC 7644 §4).
final class ScimDocuments {

    private static final String TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
    private static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";
    private static final Map<String, Object> YES = Map.of("supported", true);

    private ScimDocuments() {}

    static AdminAnswer config() {
        Map<String, Object> config = new TreeMap<>();
        config.put(
                "schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"));
        config.put("patch", YES);
        config.put(
                "bulk",
                Map.of(
                        "supported",
                        true,
                        "maxOperations",
                        ScimBulk.OPERATIONS_MAX,
                        "maxPayloadSize",
                        StrictJson.BODY_BYTES_MAX));
        config.put("filter", Map.of("supported", true, "maxResults", ScimUsers.COUNT_MAX));
        config.put("changePassword", YES);
        config.put("sort", YES);
        config.put("etag", YES);
        config.put(
                "authenticationSchemes",
                List.of(
                        Map.of(
                                "type",
                                "oauthbearertoken",
                                "name",
                                "OAuth 2.0",
                                "description",
                                "an access token of this system's identity provider, or an API key, in Authorization: Bearer",
                                "primary",
                                true)));
        return AdminAnswer.of(200, AdminAnswer.SCIM, config);
    }

    static AdminAnswer types(AdminRequest request) {
        return list(List.of(type("User", request), type("Group", request)));
    }

    static AdminAnswer type(AdminRequest request) {
        if (!request.id().equals("User") && !request.id().equals("Group")) {
            throw Refused.missing("resource type");
        }
        return AdminAnswer.of(200, AdminAnswer.SCIM, type(request.id(), request));
    }

    private static Map<String, Object> type(String name, AdminRequest request) {
        Map<String, Object> type = new TreeMap<>();
        type.put("schemas", List.of(TYPE));
        type.put("id", name);
        type.put("name", name);
        type.put("endpoint", "/" + name + "s");
        type.put("schema", name.equals("User") ? ScimAttribute.USER : ScimAttribute.GROUP);
        if (name.equals("User")) {
            type.put(
                    "schemaExtensions",
                    List.of(Map.of("schema", ScimAttribute.ENTERPRISE, "required", false)));
        }
        type.put(
                "meta",
                Map.of(
                        "resourceType",
                        "ResourceType",
                        "location",
                        request.base() + "/scim/v2/ResourceTypes/" + name));
        return type;
    }

    static AdminAnswer schemas(AdminRequest request) {
        return list(
                List.of(
                        schema(ScimAttribute.USER, request),
                        schema(ScimAttribute.ENTERPRISE, request),
                        schema(ScimAttribute.GROUP, request)));
    }

    static AdminAnswer schema(AdminRequest request) {
        if (!List.of(ScimAttribute.USER, ScimAttribute.ENTERPRISE, ScimAttribute.GROUP)
                .contains(request.id())) {
            throw Refused.missing("schema");
        }
        return AdminAnswer.of(200, AdminAnswer.SCIM, schema(request.id(), request));
    }

    private static Map<String, Object> schema(String id, AdminRequest request) {
        List<ScimAttribute> attributes =
                switch (id) {
                    case ScimAttribute.GROUP -> ScimAttribute.OF_GROUP;
                    case ScimAttribute.ENTERPRISE ->
                            ScimAttribute.named(ScimAttribute.OF_USER, id).orElseThrow().sub();
                    default -> ScimAttribute.OF_USER;
                };
        Map<String, Object> schema = new TreeMap<>();
        schema.put("schemas", List.of(SCHEMA));
        schema.put("id", id);
        schema.put(
                "name",
                switch (id) {
                    case ScimAttribute.GROUP -> "Group";
                    case ScimAttribute.ENTERPRISE -> "EnterpriseUser";
                    default -> "User";
                });
        schema.put(
                "attributes",
                attributes.stream()
                        .filter(each -> !common(each.name()))
                        .map(ScimAttribute::json)
                        .toList());
        schema.put(
                "meta",
                Map.of(
                        "resourceType",
                        "Schema",
                        "location",
                        request.base() + "/scim/v2/Schemas/" + id));
        return schema;
    }

    /// What all resources have is in no schema (RFC 7643 §3.1), and an extension is in its own.
    private static boolean common(String name) {
        return List.of("id", "externalId", "meta", ScimAttribute.ENTERPRISE).contains(name);
    }

    private static AdminAnswer list(List<Map<String, Object>> resources) {
        return ScimView.list(
                resources.stream()
                        .map(each -> (ObjectNode) StrictJson.JSON.valueToTree(each))
                        .toList(),
                resources.size(),
                1);
    }
}
