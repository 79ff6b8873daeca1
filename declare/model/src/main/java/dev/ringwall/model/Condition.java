package dev.ringwall.model;

/// A CEL expression that must be true besides: `caller.has('clerk') || response.owner == caller.id`.
///
/// @param onResponse whether it looks at the answer, which is then held back until the condition is known to be true
public record Condition(String expression, boolean onResponse, Line line) {

    /// The longest expression that is read.
    public static final int LENGTH_MAX = 2_000;
}
