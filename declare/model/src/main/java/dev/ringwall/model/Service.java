package dev.ringwall.model;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A program of the system: how it runs, what it stores, what it does and whom it calls.
///
/// @param health     the path that tells whether it is well; where there is none, taking a connection does
/// @param stores     kind of store → the data in it, each with its line
/// @param operations verb → operation, in the order of the file
/// @param calls      the operations that it may call, each with the line that says so
public record Service(
        String name,
        Optional<Runs> runs,
        Optional<String> openapi,
        Optional<Health> health,
        Map<String, Map<String, Line>> stores,
        Map<String, Operation> operations,
        Map<OperationName, Line> calls,
        Line line) {

    /// How the program comes to run.
    public sealed interface Runs {
        /// A command, started as a child process.
        record Command(List<String> words, Line line) implements Runs {
            public Command {
                words = List.copyOf(words);
            }
        }

        /// A container image.
        record Image(String reference, Line line) implements Runs {}

        /// Somebody else runs it and it is reached here.
        record Url(URI url, Line line) implements Runs {}

        /// The control plane is it.
        record BuiltIn(Line line) implements Runs {}
    }

    /// Where its sidecar asks whether it is well: a `GET` of that path is answered with 2xx.
    public record Health(String path, Line line) {}

    /// What the control plane is called where it answers as a service: the owner of the operations that administer people, keys and clients.
    public static final String BUILT_IN = "ringwall";

    public Service {
        stores = Collections.unmodifiableMap(new LinkedHashMap<>(stores));
        operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
        calls = Collections.unmodifiableMap(new LinkedHashMap<>(calls));
    }

    /// Whether the control plane is it, so that nobody else may stand in its place.
    public boolean builtIn() {
        return runs.orElse(null) instanceof Runs.BuiltIn;
    }

    /// The names of the environment variable under which the address of a callee is handed to the program: `CATALOG_URL`.
    public static String urlVariable(String callee) {
        return callee.toUpperCase(java.util.Locale.ROOT).replace('-', '_') + "_URL";
    }
}
