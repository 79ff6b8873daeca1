/// Measures Ringwall beside what people use today, in one run on one machine. It starts everything as processes of their own, as a user
/// would, and knows nothing of the inside.
///
/// *Start here:* [Bench], [Round], [Peer].
@NullMarked
package dev.ringwall.bench;

import org.jspecify.annotations.NullMarked;
