package dev.ringwall.command;

import dev.ringwall.model.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what is wrong with a command line: one sentence with what was meant, and where the help is. Not the help itself, which would
/// push the sentence off the screen.
final class Complaints implements IParameterExceptionHandler {

    /// How picocli lists the values of an option, by the names that they have in the code.
    private static final Pattern CHOICES = Pattern.compile("(\\[[A-Z, ]+]) \\(case-insensitive\\)");

    private final Screen screen;

    Complaints(Screen screen) {
        this.screen = screen;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        screen.say("ringwall: " + Screen.harmless(sentence(wrong, command)));
        screen.say("help: " + name + " --help");
        return Exit.UNUSABLE;
    }

    private static String sentence(ParameterException wrong, CommandLine command) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String first = unmatched.getUnmatched().getFirst();
            return unmatched.isUnknownOption()
                    ? unknown("option", first.replaceFirst("=.*", ""), options(command))
                    : command.getSubcommands().isEmpty()
                            ? "`" + first + "` is one argument too many"
                            : unknown("command", first, names(command));
        }
        String message = String.valueOf(wrong.getMessage());
        if (!command.getSubcommands().isEmpty()
                && message.startsWith("Missing required subcommand")) {
            return "which of them? " + String.join(", ", names(command).stream().sorted().toList());
        }
        message =
                CHOICES.matcher(message)
                        .replaceAll(choices -> choices.group(1).toLowerCase(Locale.ROOT));
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    private static String unknown(String kind, String written, List<String> known) {
        return "there is no "
                + kind
                + " `"
                + written
                + "`; "
                + Nearest.hint(written, known, "there are " + String.join(", ", known));
    }

    private static List<String> options(CommandLine command) {
        List<String> options = new ArrayList<>();
        command.getCommandSpec()
                .options()
                .forEach(option -> {
                    if (!option.hidden()) {
                        options.add(option.longestName());
                    }
                });
        return options;
    }

    private static List<String> names(CommandLine command) {
        return List.copyOf(command.getSubcommands().keySet());
    }
}
