package dev.ringwall.command;

import dev.ringwall.link.OwnerFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Remembers how far the import of a file came, by what is in the file: another file, or the same one changed, begins anew.
final class ImportMark {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int NAME_CHARACTERS = 32;

    private final Path mark;

    private ImportMark(Path mark) {
        this.mark = mark;
    }

    /// @param folder where it is remembered
    static ImportMark of(Path folder, Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
                byte[] buffer = new byte[BUFFER_BYTES];
                while (bytes.read(buffer) >= 0) {
                    // what is read only counts for the digest
                }
            }
            String name = HexFormat.of().formatHex(digest.digest()).substring(0, NAME_CHARACTERS);
            return new ImportMark(folder.resolve("import-" + name));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// The lines that are done with.
    long lines() throws IOException {
        try {
            return Long.parseLong(Files.readString(mark, StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException | NumberFormatException none) {
            return 0;
        }
    }

    void keep(long lines) throws IOException {
        OwnerFiles.write(mark, Long.toString(lines));
    }

    /// The whole file is done with.
    void done() throws IOException {
        Files.deleteIfExists(mark);
    }
}
