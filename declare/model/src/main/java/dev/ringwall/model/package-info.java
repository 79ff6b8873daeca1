/// The declared system as values: what a `ringwall.yaml` says once it is read, and what follows from it.
///
/// Nothing here reads files, opens sockets or knows the time. Every fact keeps the [Line] of the declaration that states it, so that a
/// decision made far away, on another machine, can still name the line that made it.
///
/// *Start here:* [Declaration] is the file as written; [Blueprint] is the same system with every name looked up and every
/// contradiction refused; [Grants] answers who may call what, and by which line.
/// [Can], [WhoCan] and [Difference] answer people's questions from it.
@NullMarked
package dev.ringwall.model;

import org.jspecify.annotations.NullMarked;
