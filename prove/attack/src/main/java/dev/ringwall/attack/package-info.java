/// Plays attacks over the network against the running system and says which of them it stopped.
@NullMarked
package dev.ringwall.attack;

import org.jspecify.annotations.NullMarked;
