package dev.ringwall.gateway;

import dev.ringwall.model.Ring;

/// One ring, as a request meets it. It is shared by all requests and runs on their event loops: it never blocks.
interface Gate {

    /// Which ring it is.
    Ring ring();

    /// Whether the request passes. An exception is a refusal for `unforeseen`.
    Passage pass(Exchange exchange);
}
