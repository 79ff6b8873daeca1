/// The command line and the wiring of everything else.
@NullMarked
package dev.ringwall.command;

import org.jspecify.annotations.NullMarked;
