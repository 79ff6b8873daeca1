/// Plays attacks over the network against the running system and says which of them it stopped.
///
/// Everything is derived from the declaration: what must fail, what must pass, and which control must do it. This room knows public
/// protocols only, forges its own tokens and certificates, and imports nothing of what it attacks.
///
/// *Start here:* [Target] is what is attacked, [Prover] does it, [Report] says what came of it. Inside, [Derivation] lists the
/// attacks, each of which is an [Attack] played on a [Scene] and judged by [Judge].
@NullMarked
package dev.ringwall.attack;

import org.jspecify.annotations.NullMarked;
