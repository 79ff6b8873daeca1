package dev.ringwall.attack;

import static dev.ringwall.attack.Administering.call;
import static dev.ringwall.attack.Administering.json;
import static dev.ringwall.attack.Administering.reply;
import static dev.ringwall.attack.Administering.scim;

import dev.ringwall.model.Operation;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.util.List;

/// What shows only in what comes of it: members that are slipped in, filters that are none, and updates that come late.
final class AdministrationTricks {

    private static final Expectation SEEN_THROUGH = Expectation.stopped();

    private static final List<String> INJECTED =
            List.of(
                    "userName%20eq%20%22x%22%20or%201%3D1",
                    "userName%20eq%20%22x%22%3B%20DROP%20TABLE%20account",
                    "userName%20eq%20%22x%27%20OR%20%271%27%3D%271",
                    "password%20sw%20%22%24argon2%22",
                    "password%20pr");

    private final Derivation to;
    private final AdministrationList list;

    AdministrationTricks(Derivation to) {
        this.to = to;
        this.list = new AdministrationList(to);
    }

    void derive(Operation operation, Role role) {
        switch (operation.name().verb()) {
            case "scim-create-user" ->
                    list.add(
                            operation,
                            "slips-in-groups",
                            role,
                            "makes a user that brings roles, groups and an id with it",
                            SEEN_THROUGH,
                            scene -> slipsIn(scene, operation, role));
            case "scim-list-users" ->
                    list.add(
                            operation,
                            "filter-injection",
                            role,
                            "puts into a filter what is none, and asks after passwords",
                            SEEN_THROUGH,
                            scene -> injects(scene, operation, role));
            case "change-user" ->
                    list.operation("create-user", role)
                            .ifPresent(create ->
                                    list.add(
                                            operation,
                                            "lost-update",
                                            role,
                                            "changes what somebody else has changed meanwhile",
                                            SEEN_THROUGH,
                                            scene -> late(scene, create, operation, role)));
            default -> {}
        }
    }

    private Seen slipsIn(Scene scene, Operation operation, Role role)
            throws IOException, NotPlayable {
        String groups = "[{\"value\":\"" + anyOf(to.roles()) + "\"}]";
        Reply reply =
                reply(
                        scene,
                        role,
                        scim(
                                call(operation, ""),
                                "{\"userName\":\""
                                        + Administering.fresh()
                                        + "\",\"id\":\"mine\",\"roles\":"
                                        + groups
                                        + ",\"groups\":"
                                        + groups
                                        + "}"));
        boolean slipped =
                Scene.json(reply)
                        .map(user ->
                                !user.path("groups").isEmpty()
                                        || user.path("id").asString("").equals("mine"))
                        .orElse(true);
        return reply.status() == 201 && slipped
                ? new Seen.Yielded(reply.excerpt())
                : new Seen.Thwarted("no more than a user: " + reply.status());
    }

    private static String anyOf(Iterable<Role> roles) {
        for (Role role : roles) {
            if (role.login() == Role.Login.PASSWORD) {
                return role.name();
            }
        }
        return "nobody";
    }

    private static Seen injects(Scene scene, Operation operation, Role role)
            throws IOException, NotPlayable {
        for (String filter : INJECTED) {
            Call call = call(operation, "");
            Reply reply = reply(scene, role, call.withTarget(call.target() + "?filter=" + filter));
            if (reply.status() != 400) {
                return new Seen.Yielded(filter + ": " + reply.excerpt());
            }
        }
        return new Seen.Thwarted("none of them is a filter");
    }

    private static Seen late(Scene scene, Operation create, Operation change, Role role)
            throws IOException, NotPlayable {
        Reply made = reply(scene, role, new Requests(scene.stage()).plain(create));
        String id = Requests.id(made).orElseThrow(() -> new NotPlayable("no account was made"));
        String seen = made.header("etag").orElse("\"none\"");
        Call call = call(change, id).with("If-Match", seen);
        reply(scene, role, json(call, "{\"disabled\":true}"));
        Reply second = reply(scene, role, json(call, "{\"disabled\":false}"));
        return second.status() == 412
                ? new Seen.Thwarted("it is said to be changed meanwhile")
                : new Seen.Yielded(second.excerpt());
    }
}
