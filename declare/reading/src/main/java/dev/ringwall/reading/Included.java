package dev.ringwall.reading;

/// One file of a declaration, its top level checked for keys that nobody knows.
record Included(FilePath path, Section section) {}
