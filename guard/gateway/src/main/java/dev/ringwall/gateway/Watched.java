package dev.ringwall.gateway;

/// Something of a caller's that an event loop looks after.
interface Watched {

    /// Looks at the time.
    void tick(long nowNanos);

    /// Closes when nothing is under way.
    void drain();
}
