package dev.ringwall.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Where the process starts. `./ringwall` calls it.
public final class Main {

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(run(Screen.terminal(), arguments));
    }

    /// Runs one command; returns its exit code.
    static int run(Screen screen, String... arguments) {
        Optional<NodeOptions> node = NodeOptions.plain(arguments);
        if (node.isPresent()) {
            return run(screen, () -> NodeAlone.run(screen, node.get()));
        }
        Optional<Path> jars = EveryJar.elsewhere();
        return jars.isPresent()
                ? run(screen, () -> EveryJar.run(jars.get(), arguments))
                : Ringwall.run(screen, arguments);
    }

    private static int run(Screen screen, Callable<Integer> command) {
        try {
            return command.call();
        } catch (Exception failure) {
            return Failure.told(screen, failure);
        }
    }
}
