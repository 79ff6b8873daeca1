package dev.ringwall.audit;

import java.util.List;
import java.util.Optional;

/// What came of checking a log.
public sealed interface Verification {

    /// Every entry and every hash is as the checkpoint was signed for.
    ///
    /// @param kept the older checkpoint that the log was held against; it fits
    record Sound(Checkpoint checkpoint, Optional<Checkpoint> kept) implements Verification {}

    /// Something is not as it was signed for.
    ///
    /// @param findings at least one, at most [LogVerifier#FINDINGS_MAX]
    record Unsound(List<Finding> findings) implements Verification {
        public Unsound {
            findings = List.copyOf(findings);
        }
    }
}
