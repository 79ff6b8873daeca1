package dev.ringwall.audit;

import dev.ringwall.events.SecurityEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/// The order in which the hops of a request began.
///
/// A hop is recorded when it ends, so that an outer hop is recorded after the ones inside it; its beginning is what it took earlier.
final class Hops {

    static final Comparator<Recorded> IN_ORDER =
            Comparator.comparing((Recorded recorded) -> began(recorded.event()))
                    .thenComparingLong(Recorded::index);

    private Hops() {}

    static Instant began(SecurityEvent event) {
        Instant ended = event.header().at();
        return event instanceof SecurityEvent.CallDecided call && !call.rings().isEmpty()
                ? ended.minus(call.rings().getLast().micros(), ChronoUnit.MICROS)
                : ended;
    }
}
