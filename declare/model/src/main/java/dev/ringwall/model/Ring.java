package dev.ringwall.model;

import java.util.Locale;

/// The controls that every request passes on every node, in this order.
public enum Ring {
    TRANSPORT,
    BLOCK,
    ROUTE,
    LIMIT,
    AUTHENTICATE,
    AUTHORISE,
    INSPECT,
    FORWARD,
    RELEASE,
    RECORD;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The word in events and reports.
    public String word() {
        return word;
    }
}
