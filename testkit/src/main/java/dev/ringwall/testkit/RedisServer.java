package dev.ringwall.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A real Redis on a port of its own, which can be ended and started again.
public final class RedisServer implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final int port;
    private final List<String> options;
    private Process process;

    private RedisServer(int port, List<String> options) throws IOException, InterruptedException {
        this.port = port;
        this.options = options;
        this.process = begin();
    }

    /// Whether there is one to start.
    public static boolean installed() {
        for (String folder : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, "redis-server"))) {
                return true;
            }
        }
        return false;
    }

    /// Starts one with further options.
    public static RedisServer start(String... options) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        return new RedisServer(port, List.of(options));
    }

    /// Where it answers.
    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    private Process begin() throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "redis-server",
                                "--bind",
                                "127.0.0.1",
                                "--port",
                                "" + port,
                                "--save",
                                "",
                                "--appendonly",
                                "no"));
        words.addAll(options);
        Process started =
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return started;
            } catch (IOException notYet) {
                if (!started.isAlive() || System.nanoTime() > deadline) {
                    throw notYet;
                }
                Thread.sleep(20);
            }
        }
    }

    /// Ends it, and all that it knew.
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Starts it again on its port.
    public void startAgain() throws IOException, InterruptedException {
        process = begin();
    }

    @Override
    public void close() {
        kill();
    }
}
