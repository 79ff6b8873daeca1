/// Turns a `ringwall.yaml` into a [dev.ringwall.model.Declaration], or into every problem with it at once.
@NullMarked
package dev.ringwall.reading;

import org.jspecify.annotations.NullMarked;
