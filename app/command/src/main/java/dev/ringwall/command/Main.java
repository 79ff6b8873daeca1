package dev.ringwall.command;

/// Where the process starts. `./ringwall` calls it.
public final class Main {

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(Ringwall.run(Screen.terminal(), arguments));
    }
}
