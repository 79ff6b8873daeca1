package dev.ringwall.attack;

import static dev.ringwall.attack.Administering.call;
import static dev.ringwall.attack.Administering.reply;
import static dev.ringwall.attack.Administering.scim;

import dev.ringwall.model.Operation;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Operations that come within another (RFC 7644 §3.7, OWASP API4 and API5): what nobody let the caller do alone is tried in a bulk request, which
/// the rings see as one operation.
final class BulkAttacks {

    /// More than anybody takes at a time.
    private static final int OPERATIONS = 5_000;

    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private final Derivation to;
    private final AdministrationList list;

    BulkAttacks(Derivation to) {
        this.to = to;
        this.list = new AdministrationList(to);
    }

    void derive(Operation operation, Role role) {
        if (!operation.name().verb().equals("scim-bulk")) {
            return;
        }
        if (list.declared("scim-create-user").isPresent()
                && list.operation("scim-create-user", role).isEmpty()) {
            add(
                    operation,
                    "bulk-beyond",
                    role,
                    "makes a user in bulk, which it may not do alone",
                    scene -> inside(scene, operation, role, makes("one", Administering.fresh())));
        }
        if (list.operation("scim-create-user", role).isPresent()
                && list.operation("scim-change-group", role).isPresent()) {
            for (Role given : AdministrationAttacks.beyond(to, role, Role.Login.PASSWORD)) {
                add(
                        operation,
                        "bulk-gives-" + given.name(),
                        role,
                        "makes a user and, in the same request, a member of what it does not hold: "
                                + given.name(),
                        scene ->
                                inside(
                                        scene,
                                        operation,
                                        role,
                                        makes("one", Administering.fresh())
                                                + ","
                                                + joins(given.name())));
            }
        }
        if (list.operation("scim-change-user", role).isPresent()) {
            for (Role target : AdministrationAttacks.beyond(to, role, Role.Login.PASSWORD)) {
                add(
                        operation,
                        "bulk-takes-over-" + target.name(),
                        role,
                        "sets in bulk the password of an account that holds more: a "
                                + target.name()
                                + "'s",
                        scene ->
                                inside(
                                        scene,
                                        operation,
                                        role,
                                        takes(Administering.idOf(scene, target))));
            }
        }
        add(
                operation,
                "bulk-too-large",
                role,
                "asks for " + OPERATIONS + " operations at once",
                scene -> tooLarge(scene, operation, role));
    }

    private void add(Operation operation, String kind, Role role, String story, Attack.Play play) {
        list.add(operation, kind, role, story, Expectation.stopped(), play);
    }

    private static String makes(String bulkId, String name) {
        return "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\""
                + bulkId
                + "\",\"data\":{\"userName\":\""
                + name
                + "\"}}";
    }

    private static String patches(String path, String operation) {
        return "{\"method\":\"PATCH\",\"path\":\""
                + path
                + "\",\"data\":{\"schemas\":[\""
                + PATCH
                + "\"],\"Operations\":["
                + operation
                + "]}}";
    }

    private static String joins(String group) {
        return patches(
                "/Groups/" + group,
                "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"bulkId:one\"}]}");
    }

    private static String takes(String id) {
        return patches(
                "/Users/" + id,
                "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"taken over by another\"}");
    }

    private static Reply ask(Scene scene, Operation operation, Role role, String operations)
            throws IOException, NotPlayable {
        return reply(
                scene, role, scim(call(operation, ""), "{\"Operations\":[" + operations + "]}"));
    }

    /// What became of the last of them.
    private static Seen inside(Scene scene, Operation operation, Role role, String operations)
            throws IOException, NotPlayable {
        Reply reply = ask(scene, operation, role, operations);
        if (reply.status() != 200) {
            throw new NotPlayable("no bulk request is taken: " + reply.excerpt());
        }
        String status =
                Scene.json(reply)
                        .map(body -> body.path("Operations"))
                        .map(all -> all.path(all.size() - 1).path("status").asString(""))
                        .orElse("");
        return status.startsWith("2")
                ? new Seen.Yielded("it was done: " + reply.excerpt())
                : new Seen.Thwarted("refused within: " + status);
    }

    private static Seen tooLarge(Scene scene, Operation operation, Role role)
            throws IOException, NotPlayable {
        String many =
                IntStream.range(0, OPERATIONS)
                        .mapToObj(_ -> "{\"method\":\"DELETE\",\"path\":\"/Users/0\"}")
                        .collect(Collectors.joining(","));
        Reply reply = ask(scene, operation, role, many);
        return reply.status() / 100 == 4
                ? new Seen.Thwarted("refused before any is done: " + reply.status())
                : new Seen.Yielded(reply.excerpt());
    }
}
