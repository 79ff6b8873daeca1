/// One question: may this call happen, and which line of the declaration says so?
///
/// [Policy] is the declaration compiled to a table: an answer costs the same with ten operations and with ten thousand. What
/// the table allows still has to meet the operation's `when`. Code past the guard holds a [Permitted], which is made here and nowhere
/// else, so that nobody can write the way around.
///
/// *Start here:* [Policy#decide], [Decision], and [Grants][dev.ringwall.model.Grants], the slow and obvious reading that the table is
/// held against.
@NullMarked
package dev.ringwall.policy;

import org.jspecify.annotations.NullMarked;
