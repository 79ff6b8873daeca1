package dev.ringwall.people;

/// What there is for people who have passkeys.
///
/// @param kept   those of all accounts
/// @param signIn how a person comes in with one
/// @param own    what people do with their own
public record ByPasskey(Passkeys kept, PasskeySignIn signIn, OwnPasskeys own) {}
