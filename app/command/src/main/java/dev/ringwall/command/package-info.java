/// The command line and the wiring of everything else.
///
/// *Start here:* [Main] is the list of commands.
@NullMarked
package dev.ringwall.command;

import org.jspecify.annotations.NullMarked;
