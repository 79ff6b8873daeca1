package dev.ringwall.command;

/// The form of a result.
enum Format {
    TEXT,
    JSON
}
