package dev.ringwall.attack;

import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/// A stolen token that is bound to a key, shown at the door with no proof or with one that is not good for this (RFC 9449 §4.3, §7, §11).
final class ProofAttacks {

    private static final int MINUTES_10 = 600;

    private final Derivation to;
    private final Role role;
    private final Operation operation;
    private final BindingAttacks binding;

    private ProofAttacks(Derivation to, Role role, Operation operation, BindingAttacks binding) {
        this.to = to;
        this.role = role;
        this.operation = operation;
        this.binding = binding;
    }

    static void derive(Derivation to, Role role, Operation operation, BindingAttacks binding) {
        ProofAttacks attacks = new ProofAttacks(to, role, operation, binding);
        attacks.without();
        attacks.overheard();
        attacks.forAnother();
        attacks.elsewhere();
    }

    private void without() {
        add(
                "bound-token-as-bearer",
                "somebody shows a stolen token without the key that it is bound to",
                Reason.PROOF_MISSING,
                (scene, call, stolen) -> scene.atDoor(call.bearer(stolen.token())));
        add(
                "bound-token-other-key",
                "somebody proves to hold another key than the stolen token is bound to",
                Reason.PROOF_NOT_VALID,
                (scene, call, stolen) ->
                        scene.atDoor(
                                shown(
                                        call,
                                        stolen,
                                        DpopProof.of(scene, call, stolen.token(), Pki.keys())
                                                .signed())));
        proof(
                "bound-proof-foreign-signature",
                "somebody shows a stolen token with a proof that names its key and is signed with another",
                (_, proof) -> proof.signedBy(Pki.keys().getPrivate()));
        proof(
                "bound-proof-unsigned",
                "somebody shows a stolen token with a proof that says that it needs no signature",
                (_, proof) -> proof.unsigned());
    }

    private void overheard() {
        add(
                "bound-proof-replayed",
                "somebody sends what was overheard, token and proof, a second time",
                Reason.PROOF_REPLAYED,
                (scene, call, stolen) -> {
                    Call overheard = taken(scene, scene.door(), call, stolen);
                    return scene.atDoor(overheard);
                });
        proof(
                "bound-proof-old",
                "somebody shows a stolen token with a proof that was made ten minutes ago",
                (now, proof) -> proof.with("iat", now - MINUTES_10).signed());
        proof(
                "bound-proof-to-come",
                "somebody shows a stolen token with a proof that was made for ten minutes from now",
                (now, proof) -> proof.with("iat", now + MINUTES_10).signed());
    }

    private void forAnother() {
        proof(
                "bound-proof-elsewhere",
                "somebody shows a stolen token with a proof that was made for another address",
                (_, proof) -> proof.with("htu", proof.claims().get("htu") + "/elsewhere").signed());
        proof(
                "bound-proof-other-host",
                "somebody shows a stolen token with a proof that was made for the same path of another host",
                (_, proof) ->
                        proof.with("htu", "https://elsewhere.example" + operation.route().path())
                                .signed());
        proof(
                "bound-proof-other-method",
                "somebody shows a stolen token with a proof that was made for another method",
                (_, proof) ->
                        proof.with("htm", "GET".equals(proof.claims().get("htm")) ? "PUT" : "GET")
                                .signed());
        proof(
                "bound-proof-other-token",
                "somebody shows a stolen token with a proof that was made beside another token",
                (_, proof) -> proof.beside("another").signed());
    }

    /// Where gateways count together, each must know what was used at the others.
    private void elsewhere() {
        if (to.blueprint().declaration().counters().isEmpty()) {
            return;
        }
        add(
                "bound-proof-replayed-elsewhere",
                "somebody sends what was overheard at one gateway, token and proof, to another",
                Set.of(Reason.PROOF_REPLAYED, Reason.PROOF_NONCE_MISSING),
                (scene, call, stolen) -> {
                    List<InetSocketAddress> gateways = scene.stage().target().gateways();
                    if (gateways.size() < 2) {
                        throw new NotPlayable(
                                "the addresses of two gateways are not known; name them with --gateway");
                    }
                    Call overheard =
                            taken(scene, scene.door().to(gateways.getFirst()), call, stolen);
                    return scene.at(scene.door().to(gateways.get(1)), overheard);
                });
        add(
                "bound-proof-nonce-made-up",
                "somebody shows a stolen token with a proof that names a word which this gateway did not ask for",
                Reason.PROOF_NONCE_MISSING,
                (scene, call, stolen) ->
                        scene.atDoor(
                                shown(
                                        call,
                                        stolen,
                                        DpopProof.of(scene, call, stolen.token(), stolen.key())
                                                .naming(UUID.randomUUID().toString())
                                                .signed())));
    }

    /// Changes a proof that would be good.
    ///
    /// @param changed of the time, in seconds, and the proof
    private void proof(String name, String story, BiFunction<Long, DpopProof, String> changed) {
        add(
                name,
                story,
                Reason.PROOF_NOT_VALID,
                (scene, call, stolen) -> {
                    long now = scene.stage().clock().instant().getEpochSecond();
                    DpopProof good = DpopProof.of(scene, call, stolen.token(), stolen.key());
                    return scene.atDoor(shown(call, stolen, changed.apply(now, good)));
                });
    }

    @FunctionalInterface
    private interface Use {
        Seen of(Scene scene, Call call, Stolen stolen) throws IOException, NotPlayable;
    }

    private void add(String name, String story, Reason by, Use use) {
        add(name, story, Set.of(by), use);
    }

    private void add(String name, String story, Set<Reason> by, Use use) {
        to.add(
                "auth/" + name,
                Family.PROVIDER,
                story,
                role.line(),
                Expectation.stopped(by),
                scene -> {
                    Stolen stolen = binding.stolen(scene);
                    return use.of(scene, new Requests(scene.stage()).plain(operation), stolen);
                });
    }

    /// A call of the owner, with the word that the gateway wants where it wants one, and which it took.
    private static Call taken(Scene scene, Road gateway, Call call, Stolen stolen)
            throws IOException, NotPlayable {
        DpopProof proof = DpopProof.of(scene, call, stolen.token(), stolen.key());
        Call overheard = shown(call, stolen, proof.signed());
        Reply reply = scene.patient(gateway, overheard);
        Optional<String> word = reply.header("dpop-nonce");
        if (reply.status() == 401 && word.isPresent()) {
            DpopProof anew = DpopProof.of(scene, call, stolen.token(), stolen.key());
            overheard = shown(call, stolen, anew.naming(word.get()).signed());
            reply = scene.patient(gateway, overheard);
        }
        if (reply.status() == 401) {
            throw new NotPlayable("what the owner shows is not taken: " + reply.excerpt());
        }
        return overheard;
    }

    private static Call shown(Call call, Stolen stolen, String proof) {
        return call.with("Authorization", "DPoP " + stolen.token()).with("DPoP", proof);
    }
}
