package dev.ringwall.people;

import java.util.Optional;

/// Keeps at rest what must be read again, and so cannot be a hash: the secrets that one-time codes come from.
public interface Sealing {

    /// The bytes, sealed.
    String seal(byte[] secret);

    /// What was sealed; empty when it was altered or sealed to another key.
    Optional<byte[]> open(String sealed);
}
