package dev.ringwall.admin;

import dev.ringwall.people.Account;
import dev.ringwall.people.Person;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A person as a user of SCIM, and back (RFC 7643 §4.1).
final class ScimUser {

    /// What has a place of its own, and so is not among the other attributes.
    private static final List<String> OWN = List.of("userName", "externalId", "active", "password");

    private ScimUser() {}

    /// As it is shown.
    static ObjectNode shown(Person person, String base) {
        Account account = person.account();
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        ObjectNode said = said(person);
        ArrayNode schemas = user.putArray("schemas").add(ScimAttribute.USER);
        if (said.has(ScimAttribute.ENTERPRISE)) {
            schemas.add(ScimAttribute.ENTERPRISE);
        }
        user.put("id", account.id());
        user.setAll(writable(person));
        ArrayNode groups = user.putArray("groups");
        for (String role : account.roles()) {
            groups.addObject().put("value", role).put("display", role).put("type", "direct");
        }
        user.putObject("meta")
                .put("resourceType", "User")
                .put("created", account.created().toString())
                .put("location", base + "/scim/v2/Users/" + account.id())
                .put("version", "W/" + Versions.of(person));
        return user;
    }

    /// What of it can be written.
    static ObjectNode writable(Person person) {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        user.put("userName", person.account().name());
        person.externalId().ifPresent(external -> user.put("externalId", external));
        user.put("active", !person.account().disabled());
        user.setAll(said(person));
        return user;
    }

    private static ObjectNode said(Person person) {
        return StrictJson.read(person.attributes().getBytes(StandardCharsets.UTF_8))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /// The person that was written over another. Roles are never among what is written: they are groups, and those are read-only here.
    static Person written(Person was, ObjectNode user) {
        Account old = was.account();
        String name =
                text(user, "userName").orElseThrow(() -> Refused.unusable("`userName` is missing"));
        JsonNode active = user.path("active");
        ObjectNode rest = user.deepCopy();
        rest.remove(OWN);
        return new Person(
                new Account(
                        old.id(),
                        name,
                        Set.copyOf(old.roles()),
                        old.created(),
                        active.isBoolean() ? !active.asBoolean() : old.disabled()),
                text(user, "externalId"),
                rest.isEmpty() ? Person.NO_ATTRIBUTES : StrictJson.JSON.writeValueAsString(rest));
    }

    /// The password that was written, if one was.
    static Optional<String> password(ObjectNode user) {
        return text(user, "password");
    }

    private static Optional<String> text(ObjectNode user, String name) {
        return Optional.of(user.path(name).asString("")).filter(text -> !text.isEmpty());
    }
}
