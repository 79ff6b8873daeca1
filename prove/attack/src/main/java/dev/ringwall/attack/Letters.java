package dev.ringwall.attack;

import java.time.Duration;
import java.util.Optional;

/// The letters that the system writes to addresses of the prover's own. Called from any thread.
@FunctionalInterface
public interface Letters {

    /// The text of the next letter to that address, which is taken out; empty when none comes in time, or none can be read here.
    Optional<String> next(String address, Duration within);

    /// No letter can be read.
    static Letters unread() {
        return (_, _) -> Optional.empty();
    }
}
