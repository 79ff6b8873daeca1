package dev.ringwall.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One service running as a child process: started with the environment that it is handed, watched, stopped politely and then firmly.
///
/// What it prints goes to a log file of its own.
public final class Program implements AutoCloseable {

    /// How long a program may take until it accepts connections.
    static final Duration READY_WITHIN = Duration.ofSeconds(60);

    /// How long a program may take to stop when asked to.
    static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private static final Duration PROBE_EVERY = Duration.ofMillis(20);
    private static final int PROBE_TIMEOUT_MILLIS = 250;

    /// What the parent's environment may pass on; everything else stays with the parent, secrets above all.
    private static final List<String> PASSED_ON =
            List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "USER", "JAVA_HOME");

    private final String service;
    private final int port;
    private final Process process;

    private Program(String service, int port, Process process) {
        this.service = service;
        this.port = port;
        this.process = process;
    }

    /// Starts the command in that folder.
    public static Program start(
            String service,
            List<String> command,
            Path folder,
            Map<String, String> environment,
            int port,
            Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().putAll(environment);
        Files.createDirectories(log.getParent());
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return new Program(service, port, builder.start());
    }

    /// What became of waiting for a program.
    sealed interface Readiness {
        /// It accepts connections.
        record Ready() implements Readiness {}

        /// It ended before it did.
        record Ended(int exitCode) implements Readiness {}

        /// It runs and does not accept connections.
        record TooSlow() implements Readiness {}
    }

    /// Waits until the program accepts connections, ends, or has taken too long.
    Readiness awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                return new Readiness.Ended(process.exitValue());
            }
            if (accepts() && process.isAlive()) {
                return new Readiness.Ready();
            }
            Thread.sleep(PROBE_EVERY);
        }
        return new Readiness.TooSlow();
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    PROBE_TIMEOUT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /// The service that it is.
    String service() {
        return service;
    }

    /// The process itself, to be remembered and to be told when it ends.
    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
