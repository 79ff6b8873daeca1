package dev.ringwall.attack;

import dev.ringwall.model.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a machine is told about somebody's token is for that machine alone, so that it is no proof elsewhere (RFC 9701 §5, §8).
final class IntrospectionAttacks {

    private static final String SIGNED = "application/token-introspection+jwt";

    private IntrospectionAttacks() {}

    /// @param machine the role of a machine that asks
    static void derive(Derivation to, Role machine) {
        to.add(
                "auth/introspection-answer-for-anybody",
                Family.CLIENTS,
                "a machine shows to another server what it was told about a token",
                machine.line(),
                Expectation.stopped(),
                scene -> {
                    SigningMachine asker = SigningMachine.of(scene, machine.name());
                    LoginFlow flow = ProviderAttacks.flow(scene);
                    Map<String, String> form = new HashMap<>();
                    form.put("token", scene.bearer(machine.name(), Accounts.ORDINARY));
                    form.put("client_assertion_type", SigningMachine.ASSERTION_TYPE);
                    form.put("client_assertion", asker.assertion(scene));
                    Reply reply =
                            flow.browser()
                                    .send(
                                            Call.form(
                                                            flow.path() + "/introspect",
                                                            Browser.encoded(form))
                                                    .with("Accept", SIGNED));
                    if (reply.status() != 200
                            || !reply.header("content-type").orElse("").startsWith(SIGNED)) {
                        throw new NotPlayable("no signed answer came: " + reply.status());
                    }
                    Object audience = Jws.parse(reply.body().strip()).claims().get("aud");
                    return asker.id().equals(audience) || List.of(asker.id()).equals(audience)
                            ? new Seen.Thwarted("it is for who asked")
                            : new Seen.Yielded("it is for " + audience);
                });
    }
}
