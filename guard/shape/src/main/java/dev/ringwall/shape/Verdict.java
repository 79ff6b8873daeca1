package dev.ringwall.shape;

/// What was found when something was held against its shape. Never carries a value, only where it stands.
public sealed interface Verdict {

    /// It has the declared shape.
    Verdict FITS = new Fits();

    /// It has the declared shape.
    record Fits() implements Verdict {}

    /// It has not.
    ///
    /// @param pointer the JSON pointer to the value that does not fit (RFC 6901), clipped and without control characters; for
    ///     parameters after the place and name, as in `query page`
    /// @param keyword the keyword that is broken: of JSON Schema, or of [Keywords]
    record Broken(String pointer, String keyword) implements Verdict {

        /// In one line for the log.
        public String said() {
            return pointer.isEmpty() ? keyword : pointer + ": " + keyword;
        }
    }
}
