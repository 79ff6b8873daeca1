package dev.ringwall.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Files of a folder on disk. A symbolic link that leads out of the folder is not followed.
final class FolderFiles implements Files {

    private final Path folder;

    FolderFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Fetched fetch(FilePath path) {
        Path file = folder.resolve(path.text());
        try {
            if (!java.nio.file.Files.exists(file)) {
                return new Fetched.Missing();
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                return new Fetched.Unfit("is a link that leads out of the declaration's folder");
            }
            if (!java.nio.file.Files.isRegularFile(file)) {
                return new Fetched.Unfit("is not a file");
            }
            return read(file);
        } catch (IOException unreadable) {
            return new Fetched.Unfit(
                    "cannot be read (" + unreadable.getClass().getSimpleName() + ")");
        }
    }

    private static Fetched read(Path file) throws IOException {
        try (InputStream in = java.nio.file.Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(SourceText.FILE_BYTES_MAX + 1);
            return bytes.length > SourceText.FILE_BYTES_MAX
                    ? new Fetched.TooLarge()
                    : new Fetched.Bytes(ByteBuffer.wrap(bytes));
        }
    }
}
