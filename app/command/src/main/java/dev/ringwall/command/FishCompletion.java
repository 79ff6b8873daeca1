package dev.ringwall.command;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What fish needs to complete a command line; the library that knows the commands speaks bash and zsh only.
///
/// Each line holds for one command: the words typed so far that are names of commands say which.
final class FishCompletion {

    private static final String AT = "__ringwall_at";

    private final StringBuilder script = new StringBuilder();
    private final Map<String, CommandSpec> commands = new TreeMap<>();

    private FishCompletion() {}

    static String of(CommandLine root) {
        FishCompletion completion = new FishCompletion();
        completion.collect("", root);
        completion.opening();
        completion.commands.forEach(completion::lines);
        return completion.script.toString();
    }

    private void collect(String path, CommandLine command) {
        commands.put(path, command.getCommandSpec());
        command.getSubcommands()
                .forEach((name, below) -> {
                    if (!below.getCommandSpec().usageMessage().hidden()) {
                        collect((path + " " + name).strip(), below);
                    }
                });
    }

    private void opening() {
        script.append("# fish completion of ringwall, by `ringwall completion fish`\n");
        script.append("function ").append(AT).append("\n    set -l known");
        commands.keySet().stream()
                .filter(path -> !path.isEmpty())
                .forEach(path -> script.append(' ').append(quoted(path)));
        script.append(
                """

                    set -l at ""
                    for word in (commandline -opc)[2..-1]
                        set -l next (string trim -- "$at $word")
                        contains -- "$next" $known; and set at "$next"
                    end
                    test "$at" = "$argv[1]"
                end
                complete -c ringwall -f
                """);
    }

    private void lines(String path, CommandSpec command) {
        command.subcommands()
                .forEach((name, below) -> {
                    if (!below.getCommandSpec().usageMessage().hidden()) {
                        line(
                                path,
                                List.of("-a", quoted(name)),
                                below.getCommandSpec().usageMessage().description());
                    }
                });
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                List<String> words = new ArrayList<>();
                for (String name : option.names()) {
                    words.add(name.startsWith("--") ? "-l" : "-s");
                    words.add(name.replaceFirst("^--?", ""));
                }
                words.addAll(values(option));
                line(path, words, option.description());
            }
        }
        command.positionalParameters()
                .forEach(parameter -> {
                    List<String> values = values(parameter);
                    if (!values.isEmpty() && !values.contains("-x")) {
                        line(path, values, parameter.description());
                    }
                });
    }

    /// What may follow: one of a few words, a file, anything, or nothing.
    private static List<String> values(ArgSpec argument) {
        List<String> words = new ArrayList<>();
        boolean option = argument.isOption();
        if (option && argument.arity().max() == 0) {
            return words;
        }
        Iterable<String> candidates = argument.completionCandidates();
        if (candidates != null) {
            if (option) {
                words.add("-x");
            }
            words.add("-a");
            words.add(quoted(String.join(" ", candidates)));
            return option ? words : List.of(words.get(0), words.get(1));
        }
        boolean file =
                argument.auxiliaryTypes()[0] == Path.class
                        || argument.auxiliaryTypes()[0] == File.class;
        if (file) {
            return List.of(option ? "-rF" : "-F");
        }
        return option ? List.of("-x") : List.of();
    }

    private void line(String path, List<String> words, String... description) {
        script.append("complete -c ringwall -n '")
                .append(AT)
                .append(" \"")
                .append(path)
                .append("\"' ")
                .append(String.join(" ", words));
        if (description.length > 0) {
            String said =
                    description[0]
                            .replaceAll("\\$\\{[^}]*}", "")
                            .replaceAll("\\.? *\\(default: *\\)", "");
            String first = said.split("[.:;](?: |$)", 2)[0].strip();
            if (!first.isEmpty()) {
                script.append(" -d ").append(quoted(first));
            }
        }
        script.append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
