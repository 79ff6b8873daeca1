package dev.ringwall.people;

/// What there is for people who have an account at an outside provider.
///
/// @param links  which account belongs to whom there
/// @param signIn how a person comes in by its word
public record ByProvider(OutsideLinks links, OutsideSignIn signIn) {}
