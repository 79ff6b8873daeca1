package dev.ringwall.attack;

import dev.ringwall.model.Allow;
import dev.ringwall.model.HttpRoute;
import dev.ringwall.model.Operation;
import dev.ringwall.model.Reason;
import dev.ringwall.model.Service;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/// Other spellings of a guarded path and other methods for it, without a token. What counts is that no spelling leads past the door.
final class PathAttacks {

    private static final Set<Reason> SEEN_THROUGH =
            Set.of(
                    Reason.BAD_REQUEST,
                    Reason.NOT_DECLARED,
                    Reason.METHOD_NOT_DECLARED,
                    Reason.NO_TOKEN,
                    Reason.NOT_ALLOWED);

    private static final List<String> METHODS_TRIED = List.of("POST", "PATCH", "DELETE", "PUT");

    private PathAttacks() {}

    /// A spelling of the path, given a path that is open to everybody.
    private record Spelling(String name, BinaryOperator<String> of) {}

    private static final List<Spelling> SPELLINGS =
            List.of(
                    new Spelling("dot", (open, path) -> "/." + path),
                    new Spelling("dot-dot", (open, path) -> open + "/.." + path),
                    new Spelling("encoded-dot-dot", (open, path) -> open + "/%2e%2e" + path),
                    new Spelling(
                            "encoded-slash-dot-dot",
                            (open, path) -> open + "/..%2f" + path.substring(1)),
                    new Spelling("double-slash", (open, path) -> "/" + path),
                    new Spelling("trailing-slash", (open, path) -> path + "/"),
                    new Spelling("semicolon", (open, path) -> path + ";x=1"),
                    new Spelling("semicolon-dot-dot", (open, path) -> open + "/..;" + path),
                    new Spelling("case", (open, path) -> path.toUpperCase(Locale.ROOT)),
                    new Spelling(
                            "encoded-slash",
                            (open, path) -> "/" + path.substring(1).replace("/", "%2f") + "%2f"),
                    new Spelling("encoded-letter", (open, path) -> encodedLetter(path, "%")),
                    new Spelling("double-encoded", (open, path) -> encodedLetter(path, "%25")),
                    new Spelling("nul", (open, path) -> path + "%00"),
                    new Spelling(
                            "backslash", (open, path) -> open + "\\.." + path.replace('/', '\\')),
                    new Spelling("overlong-utf8", (open, path) -> open + "/%c0%ae%c0%ae" + path),
                    new Spelling("absolute-form", (open, path) -> "https://localhost" + path));

    static void derive(Derivation to) {
        String open =
                to.own().stream()
                        .filter(operation -> operation.allow() instanceof Allow.Anyone)
                        .map(operation -> operation.route().path())
                        .filter(path -> !path.contains("{") && !path.equals("/"))
                        .findFirst()
                        .orElse("/x");
        for (Service service : to.blueprint().services()) {
            target(service)
                    .ifPresent(operation -> {
                        spellings(to, operation, open);
                        methods(to, operation);
                    });
        }
    }

    /// What an attacker would most like to reach: what nobody outside may call, else what asks for a token.
    private static Optional<Operation> target(Service service) {
        Optional<Operation> internal =
                service.operations().values().stream()
                        .filter(operation -> operation.allow() instanceof Allow.Nobody)
                        .findFirst();
        return internal.or(() ->
                service.operations().values().stream()
                        .filter(operation -> operation.allow() instanceof Allow.Roles)
                        .findFirst());
    }

    private static void spellings(Derivation to, Operation operation, String open) {
        for (Spelling spelling : SPELLINGS) {
            to.add(
                    operation.name() + "/path-" + spelling.name(),
                    Family.PATHS,
                    "a stranger spells the path of "
                            + operation.name()
                            + " differently ("
                            + spelling.name()
                            + ")",
                    operation.line(),
                    Expectation.stopped(SEEN_THROUGH),
                    scene -> {
                        Call call = new Requests(scene.stage()).plain(operation);
                        return scene.atDoor(
                                call.withTarget(spelling.of().apply(open, call.target())));
                    });
        }
    }

    private static void methods(Derivation to, Operation operation) {
        String undeclared =
                METHODS_TRIED.stream()
                        .filter(method -> free(to, operation, method))
                        .findFirst()
                        .orElse("PATCH");
        method(
                to,
                operation,
                "method-override",
                "names the method in a header",
                call ->
                        call.withMethod(undeclared)
                                .with("X-HTTP-Method-Override", call.method())
                                .with("X-HTTP-Method", call.method())
                                .with("X-Method-Override", call.method()));
        method(to, operation, "method-trace", "asks for a trace", call -> call.withMethod("TRACE"));
        method(
                to,
                operation,
                "method-unknown",
                "uses a method of its own",
                call -> call.withMethod("RINGWALL"));
        method(
                to,
                operation,
                "method-lower-case",
                "writes the method in lower case",
                call -> call.withMethod(call.method().toLowerCase(Locale.ROOT)));
    }

    private static void method(
            Derivation to,
            Operation operation,
            String name,
            String how,
            java.util.function.UnaryOperator<Call> changed) {
        to.add(
                operation.name() + "/" + name,
                Family.PATHS,
                "a stranger calls " + operation.name() + " and " + how,
                operation.line(),
                Expectation.stopped(SEEN_THROUGH),
                scene -> scene.atDoor(changed.apply(new Requests(scene.stage()).plain(operation))));
    }

    private static boolean free(Derivation to, Operation operation, String method) {
        HttpRoute wanted = new HttpRoute(method, operation.route().segments());
        return to.own().stream()
                .noneMatch(other ->
                        other.route().method().equals(method)
                                && other.route().shape().equals(wanted.shape()));
    }

    private static String encodedLetter(String path, String percent) {
        return "/" + percent + Integer.toHexString(path.charAt(1)) + path.substring(2);
    }
}
