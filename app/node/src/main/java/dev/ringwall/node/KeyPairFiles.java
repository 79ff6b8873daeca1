package dev.ringwall.node;

import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.model.DoorCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// Reads a certificate and its key from files that somebody else renews. Links are followed, since tools that renew turn them.
final class KeyPairFiles {

    /// The largest file that is read, in bytes.
    static final int BYTES_MAX = 256 << 10;

    private static final int OTHERS = 0007;
    private static final int GROUP_WRITES = 0020;
    private static final int GROUP_READS = 0040;

    private KeyPairFiles() {}

    static ServerCertificate.Read read(DoorCertificate.Pair pair, Instant now) {
        Path key = Path.of(pair.key());
        try {
            String open = tooOpen(key);
            if (!open.isEmpty()) {
                return new ServerCertificate.Read.Unfit(key + " " + open);
            }
            return switch (ServerCertificate.read(text(Path.of(pair.chain())), text(key), now)) {
                case ServerCertificate.Read.Good good -> good;
                case ServerCertificate.Read.Unfit(String why) ->
                        new ServerCertificate.Read.Unfit(
                                pair.chain() + " with " + pair.key() + ": " + why);
            };
        } catch (NoSuchFileException missing) {
            return new ServerCertificate.Read.Unfit(
                    missing.getFile()
                            + " is not there (expected: on the gateway's machine, as `certificate` says)");
        } catch (IOException unreadable) {
            return new ServerCertificate.Read.Unfit(
                    pair.chain() + " with " + pair.key() + " cannot be read: " + unreadable);
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new IOException(file + " is larger than " + BYTES_MAX + " bytes");
        }
        return Files.readString(file);
    }

    /// What is wrong with who may read the key. The group may where root owns the file, as orchestrators and `ssl-cert` do it.
    private static String tooOpen(Path key) throws IOException {
        if (!key.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return "";
        }
        Map<String, Object> attributes = Files.readAttributes(key, "unix:mode,uid");
        if (!(attributes.get("mode") instanceof Integer mode)) {
            return "is of a file system that does not say who may read it (expected: one that does)";
        }
        boolean roots = Integer.valueOf(0).equals(attributes.get("uid"));
        int wrong = OTHERS | GROUP_WRITES | (roots ? 0 : GROUP_READS);
        return (mode & wrong) == 0
                ? ""
                : "may be read or written by others, mode "
                        + Integer.toOctalString(mode & 0777)
                        + " (expected: 600, or 640 where root owns it; `chmod 600 "
                        + key
                        + "`)";
    }
}
