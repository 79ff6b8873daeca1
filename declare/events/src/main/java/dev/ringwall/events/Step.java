package dev.ringwall.events;

import dev.ringwall.model.Ring;

/// One ring that a request passed, and what it took.
///
/// @param passed whether the ring let it through
/// @param micros microseconds since the request's first byte was read
/// @param note   what the ring found, in a few words without secrets; may be empty
public record Step(Ring ring, boolean passed, long micros, String note) {}
