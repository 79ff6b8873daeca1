package dev.ringwall.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The one entry of the program: `ringwall COMMAND`. Exit codes: 0 fine, 1 findings or refused, 2 unusable input, 70 our fault.
@Command(
        name = "ringwall",
        version = "ringwall 0.1.0",
        mixinStandardHelpOptions = true,
        description =
                "One file that describes a microservice system becomes that system guarded, watched and proven.")
public final class Main implements Runnable {

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
