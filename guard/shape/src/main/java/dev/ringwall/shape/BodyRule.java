package dev.ringwall.shape;

/// How the body of a request must be looked at.
public sealed interface BodyRule {

    /// There is none, and none is needed; or it is of a kind that is declared and has no schema.
    record Pass() implements BodyRule {}

    /// It must be read whole and held against a schema.
    record Validate(BodyCheck check) implements BodyRule {}

    /// It must not be there, or must be.
    ///
    /// @param why for the log
    record NotValid(String why) implements BodyRule {}

    /// It is of a kind that is not declared.
    ///
    /// @param why for the log
    record OtherMedia(String why) implements BodyRule {}
}
