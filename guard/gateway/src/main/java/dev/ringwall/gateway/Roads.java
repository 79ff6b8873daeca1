package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// What a data plane knows of its next hops as they are, beside what is declared of them.
///
/// @param outliers those that fail
/// @param retries  how often may be tried again
record Roads(Outliers outliers, RetryBudget retries) {

    /// Tells whether a next hop did what it should. One that cannot reach its own service is no better than one that is gone.
    void tell(Way way, boolean answered, Optional<Passage.Refused> relayed) {
        Reason reason = relayed.isPresent() ? relayed.get().reason() : null;
        boolean dead = reason == Reason.UNREACHABLE || reason == Reason.UPSTREAM_TIMEOUT;
        if (answered && !dead) {
            outliers.good(way);
        } else {
            outliers.failed(way);
        }
    }

    static Roads open() {
        return new Roads(
                new Outliers(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble()),
                new RetryBudget());
    }
}
