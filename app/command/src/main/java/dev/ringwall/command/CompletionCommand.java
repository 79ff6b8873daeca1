package dev.ringwall.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints what lets a shell complete commands, options and their values.
@Command(
        name = "completion",
        description = "Print the completion for a shell: commands, options and their values.",
        footer = {
            "",
            "Examples:",
            "  source <(ringwall completion bash)",
            "  ringwall completion fish > ~/.config/fish/completions/ringwall.fish"
        })
final class CompletionCommand implements Callable<Integer> {

    private final Screen screen;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.BASH;

    /// The shells that are known.
    enum Shell {
        BASH,
        ZSH,
        FISH;

        /// As it is written on the command line.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    CompletionCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        CommandLine ringwall = spec.root().commandLine();
        screen.out()
                .print(
                        switch (shell) {
                            // One script for both: it asks zsh for bash's way of completing.
                            case BASH, ZSH ->
                                    AutoComplete.bash(ringwall.getCommandName(), ringwall);
                            case FISH -> FishCompletion.of(ringwall);
                        });
        return Exit.FINE;
    }
}
