/// The command line, and the wiring of everything else.
///
/// Results go to standard output, progress and complaints to standard error. Exit codes: 0 fine, 1 findings or refused, 2 unusable
/// input, 70 our own fault ([Exit]).
///
/// *Start here:* [Ringwall] is the inventory of commands, [UpCommand] starts a whole system, [DemoCommand] shows it off.
@NullMarked
package dev.ringwall.command;

import org.jspecify.annotations.NullMarked;
