package dev.ringwall.attack;

import dev.ringwall.model.Line;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.security.KeyPair;
import java.util.Comparator;
import java.util.Optional;

/// Tokens that are bound to a key, in the hands of somebody who has the token and not the key (RFC 9449 §11).
final class BindingAttacks {

    private final Derivation to;
    private final Role role;
    private final Operation operation;

    private BindingAttacks(Derivation to, Role role, Operation operation) {
        this.to = to;
        this.role = role;
        this.operation = operation;
    }

    /// On the operation of the role that changes least.
    static void derive(Derivation to, Role role) {
        to.guarded().stream()
                .filter(operation -> to.holders(operation).contains(role))
                .min(Comparator.comparing(operation -> !operation.route().method().equals("GET")))
                .ifPresent(operation -> new BindingAttacks(to, role, operation).derive());
    }

    private void derive() {
        ProofAttacks.derive(to, role, operation, this);
        to.add(
                "auth/bound-refresh-stolen",
                Family.PROVIDER,
                "somebody renews a stolen login without the key that it is bound to",
                line(),
                Expectation.stopped(),
                scene -> {
                    Stolen stolen = stolen(scene);
                    return switch (stolen.flow().refresh(stolen.refresh())) {
                        case LoginFlow.Outcome.Tokens _ -> new Seen.Yielded("tokens were given");
                        case LoginFlow.Outcome.Denied(String why) ->
                                new Seen.Thwarted("refused: " + why);
                    };
                });
        to.add(
                "auth/bound-userinfo-stolen",
                Family.PROVIDER,
                "somebody asks whose a stolen token is without the key that it is bound to",
                line(),
                Expectation.stopped(),
                scene -> {
                    Stolen stolen = stolen(scene);
                    Reply reply = stolen.flow().userInfo(stolen.token());
                    return reply.status() == 200
                            ? new Seen.Yielded("it was told: " + reply.excerpt())
                            : new Seen.Thwarted("refused: " + reply.status());
                });
        to.add(
                "auth/bound-proof-beforehand",
                Family.PROVIDER,
                "somebody buys tokens with a proof that was made before the provider asked for one",
                line(),
                Expectation.stopped(),
                scene ->
                        switch (bought(scene, ProviderAttacks.flow(scene), Pki.keys(), false)) {
                            case LoginFlow.Outcome.Tokens _ ->
                                    new Seen.Yielded("tokens were given");
                            case LoginFlow.Outcome.Denied(String why) ->
                                    new Seen.Thwarted("refused: " + why);
                        });
    }

    private Line line() {
        return role.line();
    }

    /// Signs in honestly, with a key, and loses the tokens.
    Stolen stolen(Scene scene) throws IOException, NotPlayable {
        LoginFlow flow = ProviderAttacks.flow(scene);
        KeyPair key = Pki.keys();
        return switch (bought(scene, flow, key, true)) {
            case LoginFlow.Outcome.Tokens(String access, Optional<String> refresh, var _) ->
                    new Stolen(
                            flow,
                            key,
                            scene.keep(access),
                            scene.keep(
                                    refresh.orElseThrow(
                                            () -> new NotPlayable("no refresh token was given"))));
            case LoginFlow.Outcome.Denied(String why) ->
                    throw new NotPlayable("no bound tokens were given: " + why);
        };
    }

    /// Signs in and buys tokens with a proof by that key.
    ///
    /// @param asked whether the proof repeats the word that the provider wants
    private LoginFlow.Outcome bought(Scene scene, LoginFlow flow, KeyPair key, boolean asked)
            throws IOException, NotPlayable {
        Pkce pkce = Pkce.fresh();
        String scope = LoginFlow.scopes(to.grants().operationsOf(role.name()));
        Credential.Password who = ProviderAttacks.who(scene, role.name(), Accounts.SIGNING_IN);
        if (!(flow.authorize(who, flow.question(scope, pkce))
                instanceof LoginFlow.Authorization.Code(String code))) {
            throw new NotPlayable("no code was given");
        }
        String url = scene.stage().target().issuer() + "/token";
        DpopProof proof = DpopProof.of(scene, "POST", url, key);
        Optional<String> word = asked ? flow.nonce(proof.signed()) : Optional.empty();
        DpopProof shown = DpopProof.of(scene, "POST", url, key);
        return flow.tokens(
                flow.purchase(code, pkce.verifier())
                        .with("DPoP", word.map(shown::naming).orElse(shown).signed()));
    }
}
