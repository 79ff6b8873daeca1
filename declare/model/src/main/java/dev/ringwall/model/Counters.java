package dev.ringwall.model;

import java.net.URI;
import java.util.Optional;

/// Where nodes count limits together.
///
/// @param redis  a Redis or Valkey: `redis://host:port`, or `rediss://` over TLS
/// @param secret the name of the secret that holds its password
public record Counters(URI redis, Optional<String> secret, Line line) {}
