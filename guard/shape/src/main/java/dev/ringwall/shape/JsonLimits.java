package dev.ringwall.shape;

/// What a JSON text may be at most.
///
/// @param depthMax       arrays and objects inside each other
/// @param valuesMax      values in the text, members of objects counted twice
/// @param nameCharsMax   characters of a name
/// @param stringCharsMax characters of a string
/// @param numberCharsMax characters of a number
/// @param exponentMax    how far the point of a number may be from its digits
record JsonLimits(
        int depthMax,
        int valuesMax,
        int nameCharsMax,
        int stringCharsMax,
        int numberCharsMax,
        int exponentMax) {

    /// For what comes from outside.
    static final JsonLimits MESSAGE = new JsonLimits(64, 100_000, 256, 1 << 18, 64, 400);

    /// For schemas, which were read with limits of their own before.
    static final JsonLimits SCHEMA =
            new JsonLimits(400, 4_000_000, 1 << 20, 1 << 20, 1_000, 10_000);
}
