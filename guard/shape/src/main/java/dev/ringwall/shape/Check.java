package dev.ringwall.shape;

import org.jspecify.annotations.Nullable;

/// One thing that a schema asks of a value. Immutable after compiling; any thread may use it.
@FunctionalInterface
interface Check {

    /// Whether the value is as asked. What is not is noted in the walk.
    ///
    /// @param marks where members and items that were spoken of are noted; absent when nobody asks
    boolean fits(Value value, @Nullable Marks marks, Walk walk);
}
