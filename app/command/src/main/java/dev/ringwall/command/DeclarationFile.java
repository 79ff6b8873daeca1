package dev.ringwall.command;

import dev.ringwall.model.Nearest;
import dev.ringwall.reading.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Finds the declaration that a command line names.
final class DeclarationFile {

    /// Files of a folder that are looked at to guess which was meant.
    private static final int NEIGHBOURS_MAX = 1000;

    private DeclarationFile() {}

    /// The file itself; of a folder its `ringwall.yaml`. Where there is none, says what to do instead.
    static Path at(Path named) {
        if (Files.isDirectory(named)) {
            Path inside = named.resolve(Reader.FILE_NAME);
            if (Files.exists(inside)) {
                return inside;
            }
            throw new Unusable(
                    "`"
                            + named
                            + "` is a folder without a "
                            + Reader.FILE_NAME
                            + "; name a file, or write one there with `ringwall init`");
        }
        if (!Files.exists(named)) {
            throw new Unusable("there is no file `" + named + "`; " + remedy(named));
        }
        if (!Files.isReadable(named)) {
            throw new Unusable(
                    "`" + named + "` may not be read by you (expected: a file that you can read)");
        }
        return named;
    }

    private static String remedy(Path named) {
        return Nearest.to(String.valueOf(named.getFileName()), neighbours(named))
                .map(near -> "did you mean `" + named.resolveSibling(near) + "`?")
                .orElse(
                        named.endsWith(Reader.FILE_NAME)
                                ? "write a first one with `ringwall init`, or name the file"
                                : "name the declaration, or go to where it is");
    }

    private static List<String> neighbours(Path named) {
        Path folder = named.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(NEIGHBOURS_MAX)
                    .map(file -> String.valueOf(file.getFileName()))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
