package dev.ringwall.command;

import java.util.Optional;

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
        return node.isPresent() ? run(screen, node.get()) : Ringwall.run(screen, arguments);
    }

    private static int run(Screen screen, NodeOptions node) {
        try {
            return NodeAlone.run(screen, node);
        } catch (Exception failure) {
            return Failure.told(screen, failure);
        }
    }
}
