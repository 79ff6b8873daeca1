package dev.ringwall.model;

import java.util.Objects;

/// A place in the declaration: the file as the user named it, the line and the column, both counted from 1.
///
/// Printed as `ringwall.yaml:31`, which terminals and editors make into a link.
public record Line(String file, int number, int column) implements Comparable<Line> {

    /// Where facts come from that no file states, such as the operations of the identity provider.
    public static final Line BUILT_IN = new Line("built-in", 1, 1);

    public Line {
        Objects.requireNonNull(file);
        if (number < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "line and column count from 1: " + number + ", " + column);
        }
    }

    @Override
    public int compareTo(Line other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(number, other.number);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return file + ":" + number;
    }
}
