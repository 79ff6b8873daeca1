package dev.ringwall.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ports for programs that must be told where to listen before they do.
///
/// They lie below what systems give to connections that go out (from 32,768 on Linux, 49,152 elsewhere), so that nothing takes one by
/// chance before its program has started, and none is given out twice: not by this process, and not by two processes of one user that
/// look at the same moment. Whoever gives one out holds a lock on the byte of that number in a file of the user's, until it ends.
public final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES_MAX = 1_000;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<Integer> SEEN = ConcurrentHashMap.newKeySet();
    private static final Map<Integer, FileLock> HELD = new ConcurrentHashMap<>();
    private static final Optional<FileChannel> CLAIMS = claims();

    private FreePorts() {}

    /// A port of the loopback address that nobody listens on.
    ///
    /// @throws IOException when there is none
    public static int next() throws IOException {
        for (int i = 0; i < TRIES_MAX; i++) {
            int port = RANDOM.nextInt(LOWEST, HIGHEST);
            if (!SEEN.contains(port) && isFree(port) && SEEN.add(port) && isOurs(port)) {
                return port;
            }
        }
        throw new IOException("no port is free between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static boolean isOurs(int port) throws IOException {
        if (CLAIMS.isEmpty()) {
            return true;
        }
        FileLock lock = CLAIMS.get().tryLock(port, 1, false);
        if (lock == null) {
            return false;
        }
        HELD.put(port, lock);
        return true;
    }

    /// Empty where no such file can be had: then two processes only rarely choose the same.
    private static Optional<FileChannel> claims() {
        Path file =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "ringwall-ports-" + System.getProperty("user.name"));
        try {
            return Optional.of(
                    FileChannel.open(
                            file,
                            Set.<OpenOption>of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    LinkOption.NOFOLLOW_LINKS),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))));
        } catch (IOException unable) {
            return Optional.empty();
        }
    }
}
