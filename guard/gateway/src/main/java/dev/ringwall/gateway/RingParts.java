package dev.ringwall.gateway;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// What the rings of all listeners of a node share.
///
/// @param verifying where signatures of unknown tokens are checked
/// @param secrets   credentials of third parties by name, as far as this node was handed them
record RingParts(
        Limiter limiter,
        InstantSource clock,
        Executor verifying,
        Connections connections,
        Function<String, Optional<String>> secrets) {}
