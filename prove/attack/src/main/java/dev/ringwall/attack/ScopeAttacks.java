package dev.ringwall.attack;

import dev.ringwall.model.Operation;
import dev.ringwall.model.OperationName;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Genuine tokens that were given for less, asked for more, or taken back; for each role one of each.
final class ScopeAttacks {

    /// How long the news that a token was taken back may be on its way.
    static final Duration REVOCATION_MAX = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private ScopeAttacks() {}

    static void derive(Derivation to) {
        for (Role role : to.roles()) {
            if (role.login() == Role.Login.PASSWORD) {
                derive(to, role);
            }
        }
    }

    private static void derive(Derivation to, Role role) {
        Optional<Operation> may = first(to, role, true);
        Optional<OperationName> another =
                to.guarded().stream()
                        .filter(operation ->
                                to.grants().role(role.name(), operation.name()).isPresent())
                        .map(Operation::name)
                        .skip(1)
                        .findFirst();
        if (may.isPresent() && another.isPresent()) {
            narrow(to, role, may.get(), another.get());
        }
        may.ifPresent(operation -> revoked(to, role, operation));
        first(to, role, false).ifPresent(operation -> wide(to, role, operation));
    }

    private static Optional<Operation> first(Derivation to, Role role, boolean may) {
        return to.guarded().stream()
                .filter(operation ->
                        to.grants().role(role.name(), operation.name()).isPresent() == may)
                .findFirst();
    }

    private static void narrow(
            Derivation to, Role role, Operation operation, OperationName another) {
        to.add(
                operation.name() + "/token-without-scope-as-" + role.name(),
                Family.TOKENS,
                "a " + role.name() + "'s token that was given for " + another + " only",
                operation.line(),
                Expectation.stopped(Reason.SCOPE_MISSING),
                scene -> {
                    String token = signedIn(scene, role, another).access();
                    Call call = new Requests(scene.stage()).plain(operation);
                    return scene.atDoor(call.bearer(scene.keep(token)));
                });
    }

    private static void wide(Derivation to, Role role, Operation operation) {
        to.add(
                operation.name() + "/token-scope-asked-for-as-" + role.name(),
                Family.TOKENS,
                "a " + role.name() + " asks the provider for " + operation.name(),
                operation.line(),
                Expectation.stopped(Reason.NOT_ALLOWED, Reason.SCOPE_MISSING),
                scene ->
                        switch (attempt(scene, role, operation.name())) {
                            case LoginFlow.Outcome.Denied(String why) ->
                                    new Seen.Thwarted("the provider refuses: " + why);
                            case LoginFlow.Outcome.Tokens tokens -> {
                                Call call = new Requests(scene.stage()).plain(operation);
                                yield scene.atDoor(call.bearer(scene.keep(tokens.access())));
                            }
                        });
    }

    private static void revoked(Derivation to, Role role, Operation operation) {
        to.add(
                operation.name() + "/token-revoked-as-" + role.name(),
                Family.TOKENS,
                "a token of a " + role.name() + " that was taken back",
                operation.line(),
                Expectation.stopped(Reason.TOKEN_REVOKED),
                scene -> {
                    LoginFlow.Outcome.Tokens tokens = signedIn(scene, role, operation.name());
                    LoginFlow flow = ProviderAttacks.flow(scene);
                    Map<String, String> form =
                            Map.of(
                                    "token",
                                    scene.keep(tokens.access()),
                                    "client_id",
                                    flow.client().id());
                    Reply taken =
                            flow.browser()
                                    .send(
                                            Call.form(
                                                    flow.path() + "/revoke",
                                                    Browser.encoded(form)));
                    if (taken.status() != 200) {
                        throw new NotPlayable("it cannot be taken back: " + taken.excerpt());
                    }
                    return eventually(
                            scene,
                            new Requests(scene.stage()).plain(operation).bearer(tokens.access()));
                });
    }

    private static Seen eventually(Scene scene, Call call) throws IOException {
        long end = System.nanoTime() + REVOCATION_MAX.toNanos();
        while (true) {
            Seen seen = scene.atDoor(call);
            if (!(seen instanceof Seen.Answered) || System.nanoTime() > end) {
                return seen;
            }
            Scene.sleep(LOOK_AGAIN);
        }
    }

    private static LoginFlow.Outcome attempt(Scene scene, Role role, OperationName operation)
            throws IOException, NotPlayable {
        Credential.Password who = ProviderAttacks.who(scene, role.name(), Accounts.SIGNING_IN);
        return ProviderAttacks.flow(scene).signIn(who, "openid " + operation);
    }

    private static LoginFlow.Outcome.Tokens signedIn(
            Scene scene, Role role, OperationName operation) throws IOException, NotPlayable {
        return switch (attempt(scene, role, operation)) {
            case LoginFlow.Outcome.Tokens tokens -> tokens;
            case LoginFlow.Outcome.Denied(String why) ->
                    throw new NotPlayable("signing in as " + role.name() + ": " + why);
        };
    }
}
