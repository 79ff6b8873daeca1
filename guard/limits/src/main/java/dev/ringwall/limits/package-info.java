/// How much of what is declared has been used up: calls in a time, bytes in a time, calls under way at once; for an address, a caller, a role or
/// an operation. By itself each node counts for itself; where nodes share a Redis they count together, and where that is away each
/// counts for its share only: stricter, never wider.
///
/// *Start here:* [dev.ringwall.limits.Counts], [dev.ringwall.limits.Counted], [dev.ringwall.limits.Gcra].
@NullMarked
package dev.ringwall.limits;

import org.jspecify.annotations.NullMarked;
