package dev.ringwall.attack;

import java.net.URI;

/// The public OAuth client that people sign in with.
public record LoginClient(String id, URI redirect) {}
