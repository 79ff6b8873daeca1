package dev.ringwall.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ports for programs that must be told where to listen before they do.
///
/// They lie below what systems give to connections that go out (from 32,768 on Linux, 49,152 elsewhere), so that nothing takes one by
/// chance before its program has started, and none is given out twice.
public final class FreePorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES_MAX = 1_000;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /// A port of the loopback address that nobody listens on.
    ///
    /// @throws IOException when there is none
    public static int next() throws IOException {
        for (int i = 0; i < TRIES_MAX; i++) {
            int port = RANDOM.nextInt(LOWEST, HIGHEST);
            if (isFree(port) && GIVEN.add(port)) {
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
}
