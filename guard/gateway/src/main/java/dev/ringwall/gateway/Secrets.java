package dev.ringwall.gateway;

import java.util.Optional;

/// The credentials that a sidecar adds on the way out to third parties. They are held in memory only. Asked on an event loop: it must
/// not block.
@FunctionalInterface
public interface Secrets {

    /// Nobody holds any.
    Secrets NONE = _ -> Optional.empty();

    /// The secret of that name; empty when it is missing, and then the call is refused.
    Optional<char[]> secret(String name);
}
