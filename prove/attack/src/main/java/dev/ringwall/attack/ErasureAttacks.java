package dev.ringwall.attack;

import static dev.ringwall.attack.Administering.call;
import static dev.ringwall.attack.Administering.json;
import static dev.ringwall.attack.Administering.reply;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.attack.LoginFlow.Outcome;
import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.model.Role;
import dev.ringwall.model.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// What is left of somebody who was erased, and of a key that was revoked: what is still shown, and what still opens (GDPR article 17, OWASP
/// ASVS 5.0 V7.4).
final class ErasureAttacks {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final int LOOKS_MAX = 20;

    private final Derivation to;

    ErasureAttacks(Derivation to) {
        this.to = to;
    }

    void derive(Operation operation, Role role) {
        switch (operation.name().verb()) {
            case "delete-user" -> {
                shown(operation, role, "create-user", "read-user");
                operation("create-user", role).ifPresent(create -> goesOn(operation, create, role));
            }
            case "scim-delete-user" -> shown(operation, role, "scim-create-user", "scim-read-user");
            case "revoke-key" ->
                    operation("create-key", role)
                            .ifPresent(create -> revoked(operation, create, role));
            default -> {}
        }
    }

    private void shown(Operation delete, Role role, String creating, String reading) {
        Optional<Operation> create = operation(creating, role);
        Optional<Operation> read = operation(reading, role);
        if (create.isPresent() && read.isPresent()) {
            add(
                    delete,
                    "erased-shown",
                    role,
                    "reads of an account that was erased",
                    scene -> {
                        String id = Administering.made(scene, create.get(), role);
                        Reply before = reply(scene, role, call(read.get(), id));
                        if (before.status() != 200) {
                            throw new NotPlayable(
                                    "what was made is not shown: " + before.excerpt());
                        }
                        erase(scene, delete, role, id);
                        Reply after = reply(scene, role, call(read.get(), id));
                        return after.status() == 200
                                ? new Seen.Yielded("it is shown: " + after.excerpt())
                                : new Seen.Thwarted("nothing is there: " + after.status());
                    });
        }
    }

    private static void erase(Scene scene, Operation delete, Role role, String id)
            throws IOException, NotPlayable {
        Reply gone = reply(scene, role, call(delete, id));
        if (gone.status() / 100 != 2) {
            throw new NotPlayable("it cannot be erased: " + gone.excerpt());
        }
    }

    /// A role that the giver may give, and what its holders may call.
    private record Given(Role role, Operation use) {}

    private Optional<Given> given(Role giver, Role.Login login) {
        return to.roles().stream()
                .filter(one -> one.login() == login && one.mfa() != Role.Mfa.ALWAYS)
                .filter(one -> one.from().isEmpty())
                .filter(one -> !AdministrationAttacks.lacks(to, giver, one))
                .flatMap(one ->
                        to.guarded().stream()
                                .filter(use -> to.holders(use).contains(one))
                                .min(
                                        Comparator.comparing(
                                                use -> !use.route().method().equals("GET")))
                                .map(use -> new Given(one, use))
                                .stream())
                .findFirst();
    }

    private void goesOn(Operation delete, Operation create, Role role) {
        given(role, Role.Login.PASSWORD)
                .ifPresent(given ->
                        add(
                                delete,
                                "erased-goes-on",
                                role,
                                "erases an account whose owner is signed in, and who goes on",
                                scene -> goesOn(scene, delete, create, role, given)));
    }

    private Seen goesOn(Scene scene, Operation delete, Operation create, Role role, Given given)
            throws IOException, NotPlayable {
        String name = Administering.fresh();
        Reply made =
                reply(
                        scene,
                        role,
                        json(
                                call(create, ""),
                                "{\"name\":\""
                                        + name
                                        + "\",\"roles\":[\""
                                        + given.role().name()
                                        + "\"]}"));
        Credential.Password who =
                new Credential.Password(name, scene.keep(member(made, "password")));
        LoginFlow flow = ProviderAttacks.flow(scene);
        String scope = LoginFlow.scopes(to.grants().operationsOf(given.role().name()));
        if (!(flow.signIn(who, scope) instanceof Outcome.Tokens tokens)) {
            throw new NotPlayable("whoever was made cannot sign in");
        }
        Call use =
                new Requests(scene.stage()).plain(given.use()).bearer(scene.keep(tokens.access()));
        if (!letIn(scene.atDoor(use))) {
            throw new NotPlayable("the token opens nothing before");
        }
        erase(scene, delete, role, member(made, "id"));
        if (opens(scene, use)) {
            return new Seen.Yielded("the token opens " + given.use().name());
        }
        if (tokens.refresh().isPresent()
                && flow.refresh(tokens.refresh().get()) instanceof Outcome.Tokens) {
            return new Seen.Yielded("the refresh token buys tokens");
        }
        if (flow.ask(flow.question(scope, Pkce.fresh())) instanceof Authorization.Code) {
            return new Seen.Yielded("the login goes on");
        }
        return ProviderAttacks.flow(scene).signIn(who, scope) instanceof Outcome.Tokens
                ? new Seen.Yielded("the password signs in")
                : new Seen.Thwarted("neither token, refresh token, login nor password is good");
    }

    private void revoked(Operation revoke, Operation create, Role role) {
        given(role, Role.Login.API_KEY)
                .ifPresent(given ->
                        add(
                                revoke,
                                "revoked-goes-on",
                                role,
                                "revokes a key whose holder goes on",
                                scene -> {
                                    Reply made =
                                            reply(
                                                    scene,
                                                    role,
                                                    json(
                                                            call(create, ""),
                                                            "{\"role\":\""
                                                                    + given.role().name()
                                                                    + "\"}"));
                                    Call use =
                                            new Requests(scene.stage())
                                                    .plain(given.use())
                                                    .bearer(scene.keep(member(made, "key")));
                                    if (!letIn(scene.atDoor(use))) {
                                        throw new NotPlayable("the key opens nothing before");
                                    }
                                    erase(scene, revoke, role, member(made, "id"));
                                    return opens(scene, use)
                                            ? new Seen.Yielded("it opens " + given.use().name())
                                            : new Seen.Thwarted("it opens nothing");
                                }));
    }

    /// Whether it still opens after five seconds, which nodes have to hear of it.
    private static boolean opens(Scene scene, Call use) throws IOException {
        for (int look = 0; look < LOOKS_MAX; look++) {
            if (!letIn(scene.atDoor(use))) {
                return false;
            }
            Scene.sleep(LOOK_AGAIN);
        }
        return true;
    }

    /// Whether the caller is known and allowed, whatever comes of the call.
    private static boolean letIn(Seen seen) {
        return !(seen instanceof Seen.Refused(Reason reason)
                && (reason.ring() == Ring.AUTHENTICATE || reason.ring() == Ring.AUTHORISE));
    }

    private static String member(Reply made, String name) throws NotPlayable {
        return Scene.json(made)
                .map(json -> json.path(name).asString(""))
                .filter(value -> !value.isEmpty())
                .orElseThrow(
                        () -> new NotPlayable("no `" + name + "` in the answer: " + made.status()));
    }

    private void add(Operation operation, String kind, Role as, String story, Attack.Play play) {
        to.add(
                operation.name() + "/" + kind + "-as-" + as.name(),
                Family.ADMINISTRATION,
                "a " + as.name() + " " + story,
                operation.line(),
                Expectation.stopped(),
                play);
    }

    private Optional<Operation> operation(String verb, Role role) {
        return Optional.ofNullable(
                        to.blueprint().operations().get(new OperationName(Service.BUILT_IN, verb)))
                .filter(known -> to.grants().role(role.name(), known.name()).isPresent());
    }
}
