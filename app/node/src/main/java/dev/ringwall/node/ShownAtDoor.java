package dev.ringwall.node;

import dev.ringwall.keys.DoorCertificates;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.ServerCertificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What strangers see at the door now: the certificates that the declaration names, and that of the system's own authority while there
/// are none. It is asked at each handshake, and changes whole. Any thread may use it.
final class ShownAtDoor implements Supplier<DoorCertificates> {

    private final Supplier<Identity> own;
    private List<ServerCertificate> declared = List.of();
    private boolean others;
    private Map<String, ServerCertificate> challenges = Map.of();
    private @Nullable Identity ownBefore;
    private @Nullable DoorCertificates shown;

    ShownAtDoor(Supplier<Identity> own) {
        this.own = own;
    }

    @Override
    public synchronized DoorCertificates get() {
        Identity now = own.get();
        DoorCertificates before = shown;
        boolean ownToo = declared.isEmpty() || others;
        if (before != null && (now.equals(ownBefore) || !ownToo)) {
            return before;
        }
        DoorCertificates next =
                new DoorCertificates(
                        Stream.concat(
                                        declared.stream(),
                                        ownToo
                                                ? Stream.of(ServerCertificate.of(now))
                                                : Stream.empty())
                                .toList(),
                        challenges);
        ownBefore = now;
        shown = next;
        return next;
    }

    /// From now on these; where there are none, that of the own authority.
    synchronized void show(List<ServerCertificate> certificates) {
        show(certificates, false);
    }

    /// From now on these.
    ///
    /// @param others whether that of the own authority is shown for hosts that they are not for
    synchronized void show(List<ServerCertificate> certificates, boolean others) {
        if (!same(declared, certificates) || this.others != others) {
            declared = List.copyOf(certificates);
            this.others = others;
            shown = null;
        }
    }

    /// Those that have ended are shown no more.
    synchronized void dropEnded(Instant now) {
        if (declared.stream().anyMatch(each -> !now.isBefore(each.notAfter()))) {
            show(List.of());
        }
    }

    private static boolean same(List<ServerCertificate> some, List<ServerCertificate> others) {
        return some.stream()
                .map(ServerCertificate::chain)
                .toList()
                .equals(others.stream().map(ServerCertificate::chain).toList());
    }

    /// From now on these to an authority that asks.
    synchronized void prove(Map<String, ServerCertificate> proofs) {
        if (!challenges.equals(proofs)) {
            challenges = Map.copyOf(proofs);
            shown = null;
        }
    }
}
