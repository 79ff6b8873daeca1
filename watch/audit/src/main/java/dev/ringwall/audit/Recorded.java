package dev.ringwall.audit;

import dev.ringwall.events.SecurityEvent;

/// An event and its place in the log.
public record Recorded(long index, SecurityEvent event) {}
