/// Holds requests and answers against the shape that their operation declares. Bytes come in, a sealed result goes out; nothing here knows
/// the network. A schema is compiled once when a plan is made; checking is one walk over the parsed value, bounded in depth, size and work.
///
/// *Start here:* [dev.ringwall.shape.RequestCheck], [dev.ringwall.shape.AnswerCheck], [dev.ringwall.shape.SchemaCompiler].
@NullMarked
package dev.ringwall.shape;

import org.jspecify.annotations.NullMarked;
