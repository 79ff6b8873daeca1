package dev.ringwall.attack;

import static dev.ringwall.attack.Administering.call;
import static dev.ringwall.attack.Administering.json;
import static dev.ringwall.attack.Administering.reply;

import dev.ringwall.attack.LoginFlow.Authorization;
import dev.ringwall.attack.LoginFlow.Outcome;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import dev.ringwall.model.Role;
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
    private final AdministrationList list;

    ErasureAttacks(Derivation to) {
        this.to = to;
        this.list = new AdministrationList(to);
    }

    void derive(Operation operation, Role role) {
        switch (operation.name().verb()) {
            case "delete-user" -> {
                shown(operation, role, "create-user", "read-user");
                list.operation("create-user", role)
                        .ifPresent(create -> goesOn(operation, create, role));
            }
            case "scim-delete-user" -> shown(operation, role, "scim-create-user", "scim-read-user");
            case "revoke-key" ->
                    list.operation("create-key", role)
                            .ifPresent(
                                    create -> revoked(operation, create, role, Role.Login.API_KEY));
            case "revoke-client" ->
                    list.operation("create-client", role)
                            .ifPresent(
                                    create -> revoked(operation, create, role, Role.Login.CLIENT));
            default -> {}
        }
    }

    private void shown(Operation delete, Role role, String creating, String reading) {
        Optional<Operation> create = list.operation(creating, role);
        Optional<Operation> read = list.operation(reading, role);
        if (create.isPresent() && read.isPresent()) {
            list.add(
                    delete,
                    "erased-shown",
                    role,
                    "reads of an account that was erased",
                    Expectation.stopped(),
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
                        list.add(
                                delete,
                                "erased-goes-on",
                                role,
                                "erases an account whose owner is signed in, and who goes on",
                                Expectation.stopped(),
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

    private void revoked(Operation revoke, Operation create, Role role, Role.Login login) {
        given(role, login)
                .ifPresent(given ->
                        list.add(
                                revoke,
                                "revoked-goes-on",
                                role,
                                "revokes a "
                                        + (login == Role.Login.CLIENT ? "client" : "key")
                                        + " whose holder goes on",
                                Expectation.stopped(),
                                scene -> revoked(scene, revoke, create, role, given)));
    }

    private static Seen revoked(
            Scene scene, Operation revoke, Operation create, Role role, Given given)
            throws IOException, NotPlayable {
        Reply made =
                reply(
                        scene,
                        role,
                        json(call(create, ""), "{\"role\":\"" + given.role().name() + "\"}"));
        String bearer =
                given.role().login() == Role.Login.CLIENT
                        ? bought(scene, made)
                        : member(made, "key");
        Call use = new Requests(scene.stage()).plain(given.use()).bearer(scene.keep(bearer));
        if (!letIn(scene.atDoor(use))) {
            throw new NotPlayable("it opens nothing before");
        }
        erase(scene, revoke, role, member(made, "id"));
        return opens(scene, use)
                ? new Seen.Yielded("it opens " + given.use().name())
                : new Seen.Thwarted("it opens nothing");
    }

    private static String bought(Scene scene, Reply made) throws IOException, NotPlayable {
        Credential.Client client =
                new Credential.Client(member(made, "id"), scene.keep(member(made, "secret")));
        if (ProviderAttacks.flow(scene).clientCredentials(client)
                instanceof Outcome.Tokens tokens) {
            return tokens.access();
        }
        throw new NotPlayable("the client that was made gets no token");
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
}
