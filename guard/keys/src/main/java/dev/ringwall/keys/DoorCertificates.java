package dev.ringwall.keys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a door can show. Immutable: the next state takes its place whole.
///
/// @param all        at least one; the first is shown to who names no host, or none that one of them is for
/// @param challenges host name → what is shown to an authority that asks whether the name is ours (RFC 8737), and to nobody else
public record DoorCertificates(
        List<ServerCertificate> all, Map<String, ServerCertificate> challenges) {

    public DoorCertificates {
        all = List.copyOf(all);
        challenges = Map.copyOf(challenges);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a door without a certificate");
        }
    }

    /// Just the one from the system's own authority.
    public static DoorCertificates own(Identity identity) {
        return new DoorCertificates(List.of(ServerCertificate.of(identity)), Map.of());
    }

    /// For who asks for that host.
    public ServerCertificate shownTo(Optional<String> host) {
        return host.flatMap(name -> ServerCertificate.among(all, name)).orElse(all.getFirst());
    }

    /// When the first of them ends.
    public Instant notAfter() {
        return all.stream().map(ServerCertificate::notAfter).min(Instant::compareTo).orElseThrow();
    }
}
