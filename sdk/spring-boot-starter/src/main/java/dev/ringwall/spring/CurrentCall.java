package dev.ringwall.spring;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// The call that the current thread works for, and its ids in the log.
///
/// A thread has it only while it is in the filter chain, or computes what a handler handed back as a `Callable`. What it had before is put
/// back, so that a pooled thread never carries one caller's call into another's.
final class CurrentCall implements Seat.Taken {

    static final String MDC_REQUEST = "requestId";
    static final String MDC_TRACE = "traceId";

    private static final ThreadLocal<@Nullable ProvenCall> CURRENT = new ThreadLocal<>();

    private final @Nullable ProvenCall before = CURRENT.get();
    private final @Nullable String requestBefore = MDC.get(MDC_REQUEST);
    private final @Nullable String traceBefore = MDC.get(MDC_TRACE);

    private CurrentCall() {}

    static Optional<ProvenCall> get() {
        return Optional.ofNullable(CURRENT.get());
    }

    /// Until it is closed, by the same thread.
    static CurrentCall enter(ProvenCall call) {
        CurrentCall entered = new CurrentCall();
        CURRENT.set(call);
        put(MDC_REQUEST, call.requestId().orElse(null));
        put(MDC_TRACE, call.traceId().orElse(null));
        return entered;
    }

    @Override
    public void close() {
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
        put(MDC_REQUEST, requestBefore);
        put(MDC_TRACE, traceBefore);
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
