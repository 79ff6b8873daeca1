package dev.ringwall.command;

import java.util.Locale;

/// The form of a result.
enum Format {
    TEXT,
    JSON;

    /// As it is written on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
