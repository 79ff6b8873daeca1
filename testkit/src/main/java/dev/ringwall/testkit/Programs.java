package dev.ringwall.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Programs of the system, run to their end.
final class Programs {

    private Programs() {}

    static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// The command as the user `postgres` where this is root, which PostgreSQL's own programs refuse to be.
    static List<String> as(String... command) {
        List<String> whole = new ArrayList<>();
        if (root()) {
            whole.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    /// What it printed. Failing is an exception.
    static String run(Map<String, String> environment, List<String> command) {
        try {
            Process process = started(environment, command);
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
            return said.strip();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static int exit(Map<String, String> environment, List<String> command) throws IOException {
        try {
            Process process = started(environment, command);
            process.getInputStream().readAllBytes();
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static Process started(Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
