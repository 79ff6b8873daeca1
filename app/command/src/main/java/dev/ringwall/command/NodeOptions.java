package dev.ringwall.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a command line says about a node ([NodeCommand] tells what each of them is).
///
/// @param run the folder that its services' commands are started in; empty where it does not run them
record NodeOptions(
        List<String> names,
        Path state,
        Optional<Path> join,
        Optional<URI> control,
        String door,
        String inside,
        Optional<Path> run,
        Optional<String> health) {

    static final String STATE = ".ringwall-node";
    static final String DOOR = "0.0.0.0:8443";
    static final String INSIDE = "127.0.0.1";
    static final String FOLDER = ".";

    private static final String RUN = "--run";
    private static final Set<String> WITH_VALUE =
            Set.of("--state", "--join", "--control", "--door", "--inside", "--folder", "--health");

    /// Reads a line that is `node` with names and options, each with its value (`--state FOLDER`, `--state=FOLDER`), and nothing out of the
    /// ordinary. All else is picocli's, which would know every command and option for as long as the process runs: 240 classes for one line
    /// that a node reads once.
    static Optional<NodeOptions> plain(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("node")) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        Map<String, String> told = new HashMap<>();
        for (int at = 1; at < arguments.length; at++) {
            String word = arguments[at];
            if (ordinary(word)) {
                names.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String option = equals < 0 ? word : word.substring(0, equals);
            String value;
            if (word.equals(RUN)) {
                value = FOLDER;
            } else if (!WITH_VALUE.contains(option)) {
                return Optional.empty();
            } else if (equals >= 0) {
                value = word.substring(equals + 1);
            } else {
                at++;
                value = at < arguments.length ? arguments[at] : "";
            }
            if (!ordinary(value) || told.put(option, value) != null) {
                return Optional.empty();
            }
        }
        return names.isEmpty() ? Optional.empty() : of(names, told);
    }

    /// Picocli gives some characters at the beginning a meaning: of an option, a file of arguments, a quotation, a variable.
    private static boolean ordinary(String word) {
        return !word.isEmpty() && "-@\"'".indexOf(word.charAt(0)) < 0 && word.indexOf('$') < 0;
    }

    private static Optional<NodeOptions> of(List<String> names, Map<String, String> told) {
        try {
            return Optional.of(
                    new NodeOptions(
                            List.copyOf(names),
                            Path.of(told.getOrDefault("--state", STATE)),
                            Optional.ofNullable(told.get("--join")).map(Path::of),
                            Optional.ofNullable(told.get("--control")).map(URI::create),
                            told.getOrDefault("--door", DOOR),
                            told.getOrDefault("--inside", INSIDE),
                            told.containsKey(RUN)
                                    ? Optional.of(Path.of(told.getOrDefault("--folder", FOLDER)))
                                    : Optional.empty(),
                            Optional.ofNullable(told.get("--health"))));
        } catch (IllegalArgumentException unreadable) { // no path, no URI
            return Optional.empty();
        }
    }
}
