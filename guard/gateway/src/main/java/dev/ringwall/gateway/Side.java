package dev.ringwall.gateway;

/// Where on the way of a call a listener stands.
enum Side {
    /// The public door: strangers outside, sidecars inside.
    DOOR,
    /// The sidecar before a service: peers with a certificate outside, the service inside.
    INBOUND,
    /// The sidecar's way out: the service inside, another sidecar or a third party outside.
    OUTBOUND;

    static Side of(Listener listener) {
        return switch (listener) {
            case Listener.Door _ -> DOOR;
            case Listener.Inbound _ -> INBOUND;
            case Listener.Outbound _ -> OUTBOUND;
        };
    }
}
