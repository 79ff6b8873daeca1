package dev.ringwall.events;

import java.time.Instant;
import java.util.Optional;

/// When and where an event happened, and in the course of what.
///
/// @param id      unique, 26 characters, sorts by time ([Ids])
/// @param at      to the microsecond
/// @param system  the declared system
/// @param node    the SPIFFE path of who saw it: `gateway`, `orders`, `control`
/// @param request the request that it belongs to; empty for acts outside of any
/// @param trace   the W3C trace id, 32 hexadecimal digits
public record Header(
        String id,
        Instant at,
        String system,
        String node,
        Optional<String> request,
        Optional<String> trace) {}
