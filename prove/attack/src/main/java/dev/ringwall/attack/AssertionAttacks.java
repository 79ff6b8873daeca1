package dev.ringwall.attack;

import com.nimbusds.jose.jwk.JWKSet;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Attacks on machines that prove themselves by signing (RFC 7523 §3, RFC 8725 §2), and on what they may ask for in the name of people (RFC 8693).
final class AssertionAttacks {

    private static final long A_YEAR_SECONDS = 365L * 24 * 60 * 60;

    private final Derivation to;
    private final Role role;

    private AssertionAttacks(Derivation to, Role role) {
        this.to = to;
        this.role = role;
    }

    static void derive(Derivation to) {
        to.roles().stream()
                .filter(role -> role.login() == Role.Login.CLIENT)
                .findFirst()
                .ifPresent(role -> {
                    AssertionAttacks attacks = new AssertionAttacks(to, role);
                    attacks.signatures();
                    attacks.keys();
                    attacks.claims();
                    IntrospectionAttacks.derive(to, role);
                    to.roles().stream()
                            .filter(person -> person.login() == Role.Login.PASSWORD)
                            .findFirst()
                            .ifPresent(attacks::exchange);
                });
    }

    /// What somebody shows who has seen a machine's assertions and knows its public key.
    @FunctionalInterface
    private interface Assertion {
        String of(Scene scene, SigningMachine machine) throws IOException, NotPlayable;
    }

    private void signatures() {
        forged(
                "assertion-foreign-key",
                "signs with another key",
                (scene, machine) -> signed(machine.claims(scene), Map.of(), Pki.keys()));
        forged(
                "assertion-alg-none",
                "says that no signature is needed",
                (scene, machine) ->
                        Jws.unsigned(Map.of("alg", "none"), machine.claims(scene)).compact());
        forged(
                "assertion-key-confusion-der",
                "uses its public key as HMAC secret",
                (scene, machine) ->
                        Jws.unsigned(Map.of("alg", "HS256", "kid", "own"), machine.claims(scene))
                                .hs256(machine.keys().getPublic().getEncoded())
                                .compact());
        forged(
                "assertion-key-confusion-jwk",
                "uses its published key as HMAC secret",
                (scene, machine) ->
                        Jws.unsigned(Map.of("alg", "HS256", "kid", "own"), machine.claims(scene))
                                .hs256(
                                        machine.jwk()
                                                .toJSONString()
                                                .getBytes(StandardCharsets.UTF_8))
                                .compact());
    }

    private void keys() {
        forged(
                "assertion-brings-jwk",
                "brings a key along",
                (scene, machine) -> {
                    KeyPair own = Pki.keys();
                    return signed(
                            machine.claims(scene),
                            Map.of("jwk", SigningMachine.jwk(own).toJSONObject()),
                            own);
                });
        fetched("assertion-brings-jku", "jku", "application/json");
        fetched("assertion-brings-x5u", "x5u", "application/x-pem-file");
        forged(
                "assertion-of-another-machine",
                "is another machine, and signs with its own key",
                (scene, machine) ->
                        signed(
                                machine.claims(scene),
                                Map.of(),
                                SigningMachine.of(scene, role.name()).keys()));
    }

    private void claims() {
        changed(
                "assertion-wrong-audience",
                "takes what it said to another server",
                (scene, _) -> Map.of("aud", "https://elsewhere.example/auth"));
        changed(
                "assertion-several-audiences",
                "takes what it said to several servers at once",
                (scene, _) ->
                        Map.of(
                                "aud",
                                List.of(
                                        scene.stage().target().issuer().toString(),
                                        "https://elsewhere.example/auth")));
        changed(
                "assertion-expired",
                "shows what lived its time",
                (_, now) -> Map.of("iat", now - 3600, "exp", now - 600));
        changed(
                "assertion-for-a-year",
                "shows what is good for a year",
                (_, now) -> Map.of("exp", now + A_YEAR_SECONDS));
        add(
                "assertion-replayed",
                "somebody shows what a machine has shown before",
                scene -> {
                    SigningMachine machine = SigningMachine.of(scene, role.name());
                    LoginFlow flow = ProviderAttacks.flow(scene);
                    String assertion = machine.assertion(scene);
                    flow.tokens(machine.asks(flow, assertion));
                    return seen(flow.tokens(machine.asks(flow, assertion)));
                });
    }

    private void exchange(Role person) {
        add(
                "exchange-without-acts-for",
                "a machine that acts for nobody trades a person's token for one of its own",
                scene -> {
                    String token = scene.bearer(person.name(), Accounts.ORDINARY);
                    SigningMachine machine = SigningMachine.of(scene, role.name());
                    LoginFlow flow = ProviderAttacks.flow(scene);
                    return seen(
                            flow.tokens(
                                    machine.asks(
                                            flow,
                                            machine.assertion(scene),
                                            ClientAttacks.exchange(token))));
                });
    }

    private void add(String name, String story, Attack.Play play) {
        to.add("auth/" + name, Family.CLIENTS, story, role.line(), Expectation.stopped(), play);
    }

    private void forged(String name, String how, Assertion assertion) {
        add(
                name,
                "somebody proves to be a machine and " + how,
                scene -> {
                    SigningMachine machine = SigningMachine.of(scene, role.name());
                    LoginFlow flow = ProviderAttacks.flow(scene);
                    return seen(flow.tokens(machine.asks(flow, assertion.of(scene, machine))));
                });
    }

    /// What is wrong about an assertion that the machine itself has signed.
    @FunctionalInterface
    private interface Flaw {
        Map<String, Object> of(Scene scene, long now);
    }

    private void changed(String name, String how, Flaw flaw) {
        forged(
                name,
                how,
                (scene, machine) -> {
                    Map<String, Object> claims = new HashMap<>(machine.claims(scene));
                    claims.putAll(flaw.of(scene, scene.stage().clock().instant().getEpochSecond()));
                    return signed(claims, Map.of(), machine.keys());
                });
    }

    /// The key lies where the assertion says; the provider is not to go there.
    private void fetched(String name, String member, String type) {
        add(
                name,
                "somebody proves to be a machine and says where the key is to be fetched",
                scene -> {
                    SigningMachine machine = SigningMachine.of(scene, role.name());
                    LoginFlow flow = ProviderAttacks.flow(scene);
                    KeyPair own = Pki.keys();
                    String bait =
                            member.equals("jku")
                                    ? new JWKSet(SigningMachine.jwk(own)).toString()
                                    : "-----BEGIN CERTIFICATE-----\n"
                                            + scene.stage().pki().certificate(own)
                                            + "\n-----END CERTIFICATE-----\n";
                    try (FetchTrap trap = new FetchTrap(type, bait)) {
                        Seen seen =
                                seen(
                                        flow.tokens(
                                                machine.asks(
                                                        flow,
                                                        signed(
                                                                machine.claims(scene),
                                                                Map.of(member, trap.address()),
                                                                own))));
                        return trap.sprung()
                                ? new Seen.Yielded("the provider came to fetch it")
                                : seen;
                    }
                });
    }

    private static String signed(
            Map<String, Object> claims, Map<String, Object> members, KeyPair by) {
        Map<String, Object> header = new HashMap<>(SigningMachine.header());
        header.putAll(members);
        return Jws.unsigned(header, claims).es256(by.getPrivate()).compact();
    }

    static Seen seen(LoginFlow.Outcome outcome) {
        return switch (outcome) {
            case LoginFlow.Outcome.Tokens _ -> new Seen.Yielded("tokens were given");
            case LoginFlow.Outcome.Denied(String why) -> new Seen.Thwarted("refused: " + why);
        };
    }
}
