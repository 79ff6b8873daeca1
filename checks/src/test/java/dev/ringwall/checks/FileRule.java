package dev.ringwall.checks;

import java.util.List;

/// A rule about the repository's files as they lie there.
interface FileRule {

    /// One sentence for each breach, beginning with the path of the file that commits it.
    List<String> breaches(List<TextFile> files);
}
