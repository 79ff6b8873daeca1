/// Turns a `ringwall.yaml` into a [dev.ringwall.model.Declaration], or into every problem with it at once.
///
/// *Start here:* [Reading] is what comes of it, [Reader] makes it; inside, [DeclarationReader] goes through the file, one reader for each section.
/// [Reports] prints problems, [Init] writes a first declaration.
@NullMarked
package dev.ringwall.reading;

import org.jspecify.annotations.NullMarked;
