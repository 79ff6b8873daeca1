package dev.ringwall.attack;

import static dev.ringwall.attack.Administering.ask;
import static dev.ringwall.attack.Administering.call;
import static dev.ringwall.attack.Administering.json;
import static dev.ringwall.attack.Administering.made;
import static dev.ringwall.attack.Administering.scim;

import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Who may administer tries to give, or to get, what they lack.
final class AdministrationAttacks {

    private static final String PATCH_OP =
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[";
    private static final Expectation LACKS = Expectation.stopped(Reason.GIVES_WHAT_IT_LACKS);
    private static final Expectation MORE = Expectation.stopped(Reason.HOLDS_MORE);
    private static final Expectation OWN = Expectation.stopped(Reason.OWN_ACCOUNT);

    private final Derivation to;
    private final AdministrationList list;
    private final AdministrationTricks tricks;
    private final AdministrationBounds bounds;
    private final ErasureAttacks erasure;
    private final BulkAttacks bulk;
    private final RegisteredClientAttacks clients;

    private AdministrationAttacks(Derivation to) {
        this.to = to;
        this.list = new AdministrationList(to);
        this.tricks = new AdministrationTricks(to);
        this.bounds = new AdministrationBounds(to);
        this.erasure = new ErasureAttacks(to);
        this.bulk = new BulkAttacks(to);
        this.clients = new RegisteredClientAttacks(to);
    }

    static void derive(Derivation to) {
        if (to.blueprint().declaration().services().containsKey(Service.BUILT_IN)) {
            new AdministrationAttacks(to).derive();
        }
    }

    private void derive() {
        for (Operation operation : to.guarded()) {
            if (operation.name().owner().equals(Service.BUILT_IN)) {
                for (Role role : to.holders(operation)) {
                    gives(operation, role);
                    takesOver(operation, role);
                    tricks.derive(operation, role);
                    bounds.derive(operation, role);
                    erasure.derive(operation, role);
                    bulk.derive(operation, role);
                    clients.derive(operation, role);
                }
            }
        }
    }

    /// Whether the one may do something that the other may not.
    static boolean lacks(Derivation to, Role giver, Role given) {
        return !to.grants()
                .operationsOf(giver.name())
                .containsAll(to.grants().operationsOf(given.name()));
    }

    /// The roles with that login that may do what the giver may not.
    static List<Role> beyond(Derivation to, Role giver, Role.Login login) {
        return to.roles().stream()
                .filter(role -> role.login() == login && lacks(to, giver, role))
                .toList();
    }

    /// A role, a key or a client that is worth more than what the giver holds.
    private void gives(Operation operation, Role role) {
        Role.Login login =
                switch (operation.name().verb()) {
                    case "create-key" -> Role.Login.API_KEY;
                    case "create-client" -> Role.Login.CLIENT;
                    default -> Role.Login.PASSWORD;
                };
        for (Role given : beyond(to, role, login)) {
            String body =
                    switch (operation.name().verb()) {
                        case "create-user" ->
                                "{\"name\":\"%s\",\"roles\":[\"" + given.name() + "\"]}";
                        case "create-key", "create-client" -> "{\"role\":\"" + given.name() + "\"}";
                        default -> "";
                    };
            if (!body.isEmpty()) {
                list.add(
                        operation,
                        "gives-" + given.name(),
                        role,
                        "gives what it lacks: " + given.name(),
                        LACKS,
                        scene ->
                                ask(
                                        scene,
                                        role,
                                        json(
                                                call(operation, ""),
                                                body.replace("%s", Administering.fresh()))));
            }
            if (operation.name().verb().equals("scim-change-group")) {
                joins(operation, role, given);
            }
        }
    }

    /// A user that the directory made itself becomes a member of what it does not hold.
    private void joins(Operation operation, Role role, Role given) {
        Optional<Operation> maker = list.operation("scim-create-user", role);
        maker.ifPresent(create ->
                list.add(
                        operation,
                        "gives-" + given.name(),
                        role,
                        "makes somebody a member of what it does not hold: " + given.name(),
                        LACKS,
                        scene -> {
                            String id = made(scene, create, role);
                            return ask(
                                    scene,
                                    role,
                                    scim(
                                            call(operation, given.name()),
                                            PATCH_OP
                                                    + "{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"value\":\""
                                                    + id
                                                    + "\"}]}]}"));
                        }));
    }

    /// Somebody else's account that holds more, and one's own.
    private void takesOver(Operation operation, Role role) {
        Optional<String> body =
                switch (operation.name().verb()) {
                    case "set-password" -> Optional.of("{}");
                    case "change-user" -> Optional.of("{\"disabled\":true}");
                    case "scim-change-user" ->
                            Optional.of(
                                    PATCH_OP
                                            + "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"taken over by another\"}]}");
                    case "end-sessions",
                            "end-session",
                            "remove-factors",
                            "remove-factor",
                            "forget-browser",
                            "delete-user",
                            "scim-delete-user" ->
                            Optional.of("");
                    default -> Optional.empty();
                };
        if (body.isEmpty()) {
            return;
        }
        for (Role target : beyond(to, role, Role.Login.PASSWORD)) {
            list.add(
                    operation,
                    "takes-over-" + target.name(),
                    role,
                    "acts on an account that holds more: a " + target.name() + "'s",
                    MORE,
                    scene -> act(scene, operation, role, target, body.get()));
        }
        if (role.login() == Role.Login.PASSWORD) {
            list.add(
                    operation,
                    "own-account",
                    role,
                    "administers its own account",
                    OWN,
                    scene -> act(scene, operation, role, role, body.get()));
        }
    }

    private static Seen act(Scene scene, Operation operation, Role as, Role target, String body)
            throws IOException, NotPlayable {
        Call call = call(operation, Administering.idOf(scene, target));
        String type =
                operation.name().verb().startsWith("scim")
                        ? Administering.SCIM
                        : Administering.JSON;
        return ask(
                scene, as, body.isEmpty() ? call : call.with("Content-Type", type).withBody(body));
    }
}
