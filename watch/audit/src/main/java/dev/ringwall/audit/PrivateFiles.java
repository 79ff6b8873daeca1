package dev.ringwall.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/// Files and folders that only their owner may read, and the few steps that make them survive a loss of power.
final class PrivateFiles {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final int SYNCED_AT_ONCE_MAX = 4;

    private PrivateFiles() {}

    /// A new empty file, mode 0600.
    static void create(Path file) throws IOException {
        Files.createFile(file, mode("rw-------"));
    }

    /// The folder and those above it, mode 0700 where they are new.
    static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, mode("rwx------"));
    }

    /// Puts the bytes where the path says: whoever reads it, now or after a crash, sees the old bytes or the new ones.
    static void replace(Path file, byte[] bytes, boolean sync) throws IOException {
        replace(file, ByteBuffer.wrap(bytes), sync);
    }

    /// As above; the bytes are read up to their limit.
    static void replace(Path file, ByteBuffer bytes, boolean sync) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(file + " has no folder");
        }
        Path fresh = parent.resolve(file.getFileName() + ".new");
        try (FileChannel channel = created(fresh)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (sync) {
                channel.force(true);
            }
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (sync) {
            sync(parent);
        }
    }

    /// A new empty file in the place of one that a crash may have left there.
    private static FileChannel created(Path file) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return FileChannel.open(file, options, mode("rw-------"));
        } catch (FileAlreadyExistsException left) {
            Files.delete(file);
            return FileChannel.open(file, options, mode("rw-------"));
        }
    }

    /// Returns when the file's bytes, or the folder's entries, are on the disk.
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Returns when the bytes of all these files are on the disk. A file system brings to the disk together what several threads wait for, at half
    /// of the processor time, and in a fraction of the time, of one after the other.
    static void syncAll(Collection<Path> files) throws IOException {
        ThreadFactory threads = Thread.ofPlatform().name("audit-sync-", 1).daemon().factory();
        try (ExecutorService pool = Executors.newFixedThreadPool(SYNCED_AT_ONCE_MAX, threads)) {
            List<Future<?>> syncs = new ArrayList<>();
            for (Path file : files) {
                syncs.add(
                        pool.submit(() -> {
                            sync(file);
                            return null;
                        }));
            }
            for (Future<?> sync : syncs) {
                sync.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("cannot sync: " + failed.getCause(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while syncing", interrupted);
        }
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
