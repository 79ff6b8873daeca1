package dev.ringwall.reading;

import dev.ringwall.model.Line;
import dev.ringwall.model.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a `ringwall.yaml`, what it includes and the OpenAPI documents that it names.
///
/// Whatever the bytes are, it ends in a declaration or in problems that say where, what and how to mend it; it never throws for them.
/// It holds no state and may be used from any thread.
public final class Reader {

    /// The name that a declaration has where nobody says otherwise.
    public static final String FILE_NAME = "ringwall.yaml";

    /// The longest file that is read, in bytes.
    public static final int FILE_BYTES_MAX = SourceText.FILE_BYTES_MAX;

    private Reader() {}

    /// Reads a file on disk, or the `ringwall.yaml` in a folder. Paths in lines and problems count from the folder of the file.
    public static Reading read(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path entry =
                java.nio.file.Files.isDirectory(absolute) ? absolute.resolve(FILE_NAME) : absolute;
        Path folder = entry.getParent();
        Path name = entry.getFileName();
        if (folder == null || name == null) {
            return noSuchEntry(file.toString());
        }
        return read(new FolderFiles(folder), name.toString());
    }

    /// Reads files that were handed over, each with its path from the declaration's folder, as a signed bundle has them.
    public static Reading read(Map<String, String> files, String entry) {
        return read(new HandedFiles(files), entry);
    }

    private static Reading read(Files files, String entry) {
        Optional<FilePath> path = FilePath.entry(entry);
        return path.isEmpty() ? noSuchEntry(entry) : new DeclarationReader(files).read(path.get());
    }

    private static Reading noSuchEntry(String written) {
        return new Reading.Unreadable(
                List.of(
                        Problem.error(
                                "no-such-file",
                                new Line(written, 1, 1),
                                Problems.quote(written) + " (expected: the path of a declaration)",
                                "name a file such as ringwall.yaml")),
                Map.of());
    }
}
