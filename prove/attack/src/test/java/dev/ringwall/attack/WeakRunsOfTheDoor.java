package dev.ringwall.attack;

import static dev.ringwall.attack.Weakness.*;

import java.util.List;

/// Weaknesses that do not hide one another, and the attacks that must find each of them: certificates, proofs, tickets, connections, beside
/// two that hide much else.
final class WeakRunsOfTheDoor {

    private WeakRunsOfTheDoor() {}

    static List<Weak> all() {
        return List.of(
                Weak.of()
                        .found(
                                ROLES_IGNORED,
                                "desk.show/as-(writer|robot)|notes.(add|change)/as-(reader|robot)|notes.read/as-robot|notes.sweep/as-(writer|reader)|.*/token-(scope-asked-for|without-scope)-as-.*|.*/forged-roles-as-.*")
                        .found(HEALTH_TOLD_TO_ANYBODY, ".*/health-asked-by-stranger")
                        .found(
                                ANY_AUTHORITY_TRUSTED,
                                ".*/(foreign|lookalike|self-signed)-client-certificate")
                        .found(CERTIFICATE_UNCHECKED, "auth/certified-token-.*")
                        .found(CERTIFICATE_CLIENT_UNCHECKED, "auth/certified-client-.*")
                        .found(PROOFS_COUNTED_APART, "auth/bound-proof-replayed-elsewhere")
                        .found(PROOF_NONCE_IGNORED, "auth/bound-proof-nonce-made-up")
                        .found(ACME_ANSWERED, "gateway/acme-.*"),
                Weak.of()
                        .found(
                                IDENTITY_HEADERS_BELIEVED,
                                "(desk|notes).*/forged-(identity-headers|roles-as-.*)|notes.read/somebody-elses-as-writer-with-forged-caller")
                        .found(CLIENT_CERT_BELIEVED, "auth/certified-.*-forged-header")
                        .found(
                                TICKETS_TAKEN,
                                ".*/ticket(-of-another-node)?|auth/certified-token-by-ticket")
                        .found(CONNECTIONS_UNCOUNTED, "gateway/connections-flood")
                        .found(HELD_UNCOUNTED, ".*/bodies-held"));
    }
}
