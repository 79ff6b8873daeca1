package dev.ringwall.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One attribute of a resource (RFC 7643 §2, §7).
///
/// @param many whether there may be several values
/// @param sub  of a complex attribute, by name; empty for a simple one
record ScimAttribute(String name, Type type, boolean many, Access access, List<ScimAttribute> sub) {

    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

    /// What values are.
    enum Type {
        STRING,
        BOOLEAN,
        REFERENCE,
        COMPLEX
    }

    /// Who may see and change it (RFC 7643 §7 "mutability", "returned").
    enum Access {
        READ_WRITE,
        READ_ONLY,
        /// It is taken and never shown or compared.
        WRITE_ONLY
    }

    ScimAttribute {
        sub = List.copyOf(sub);
    }

    /// Of a user; what the extension for enterprises adds is one complex attribute by its URN.
    static final List<ScimAttribute> OF_USER = ofUser();

    static final List<ScimAttribute> OF_GROUP =
            List.of(
                    new ScimAttribute("id", Type.STRING, false, Access.READ_ONLY, List.of()),
                    new ScimAttribute(
                            "displayName", Type.STRING, false, Access.READ_ONLY, List.of()),
                    new ScimAttribute(
                            "members",
                            Type.COMPLEX,
                            true,
                            Access.READ_WRITE,
                            texts("value", "display", "type")),
                    new ScimAttribute(
                            "meta",
                            Type.COMPLEX,
                            false,
                            Access.READ_ONLY,
                            texts("resourceType", "location")));

    private static List<ScimAttribute> ofUser() {
        List<ScimAttribute> all = new ArrayList<>();
        all.add(new ScimAttribute("id", Type.STRING, false, Access.READ_ONLY, List.of()));
        all.addAll(texts("userName", "externalId"));
        all.add(new ScimAttribute("active", Type.BOOLEAN, false, Access.READ_WRITE, List.of()));
        all.add(new ScimAttribute("password", Type.STRING, false, Access.WRITE_ONLY, List.of()));
        all.add(
                complex(
                        "name",
                        false,
                        "formatted",
                        "familyName",
                        "givenName",
                        "middleName",
                        "honorificPrefix",
                        "honorificSuffix"));
        all.addAll(
                texts(
                        "displayName",
                        "nickName",
                        "profileUrl",
                        "title",
                        "userType",
                        "preferredLanguage",
                        "locale",
                        "timezone"));
        all.add(several("emails"));
        all.add(several("phoneNumbers"));
        all.add(several("ims"));
        all.add(
                new ScimAttribute(
                        "addresses",
                        Type.COMPLEX,
                        true,
                        Access.READ_WRITE,
                        with(
                                primary(),
                                "formatted",
                                "streetAddress",
                                "locality",
                                "region",
                                "postalCode",
                                "country",
                                "type")));
        all.add(
                new ScimAttribute(
                        "groups",
                        Type.COMPLEX,
                        true,
                        Access.READ_ONLY,
                        texts("value", "display", "type")));
        all.add(
                new ScimAttribute(
                        "meta",
                        Type.COMPLEX,
                        false,
                        Access.READ_ONLY,
                        texts("resourceType", "created", "location", "version")));
        List<ScimAttribute> enterprise =
                new ArrayList<>(
                        texts(
                                "employeeNumber",
                                "costCenter",
                                "organization",
                                "division",
                                "department"));
        enterprise.add(complex("manager", false, "value", "displayName"));
        all.add(new ScimAttribute(ENTERPRISE, Type.COMPLEX, false, Access.READ_WRITE, enterprise));
        return List.copyOf(all);
    }

    private static List<ScimAttribute> texts(String... names) {
        List<ScimAttribute> texts = new ArrayList<>();
        for (String name : names) {
            texts.add(new ScimAttribute(name, Type.STRING, false, Access.READ_WRITE, List.of()));
        }
        return texts;
    }

    private static ScimAttribute primary() {
        return new ScimAttribute("primary", Type.BOOLEAN, false, Access.READ_WRITE, List.of());
    }

    private static List<ScimAttribute> with(ScimAttribute more, String... names) {
        List<ScimAttribute> all = new ArrayList<>(texts(names));
        all.add(more);
        return all;
    }

    private static ScimAttribute complex(String name, boolean many, String... sub) {
        return new ScimAttribute(name, Type.COMPLEX, many, Access.READ_WRITE, texts(sub));
    }

    private static ScimAttribute several(String name) {
        return new ScimAttribute(
                name,
                Type.COMPLEX,
                true,
                Access.READ_WRITE,
                with(primary(), "value", "display", "type"));
    }

    /// Names are the same whatever their case (RFC 7643 §2.1).
    static Optional<ScimAttribute> named(List<ScimAttribute> all, String name) {
        return all.stream().filter(one -> one.name().equalsIgnoreCase(name)).findAny();
    }

    /// As a schema says it (RFC 7643 §7).
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("type", type.name().toLowerCase(Locale.ROOT));
        json.put("multiValued", many);
        json.put("required", name.equals("userName"));
        json.put("caseExact", name.equals("id") || name.equals("externalId"));
        json.put(
                "mutability",
                switch (access) {
                    case READ_WRITE -> "readWrite";
                    case READ_ONLY -> "readOnly";
                    case WRITE_ONLY -> "writeOnly";
                });
        json.put("returned", returned());
        json.put("uniqueness", name.equals("userName") ? "server" : "none");
        if (type == Type.COMPLEX) {
            json.put("subAttributes", sub.stream().map(ScimAttribute::json).toList());
        }
        return json;
    }

    private String returned() {
        if (access == Access.WRITE_ONLY) {
            return "never";
        }
        return name.equals("id") ? "always" : "default";
    }
}
