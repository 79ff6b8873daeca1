package dev.ringwall.command;

import dev.ringwall.control.Declared;
import dev.ringwall.link.Operating;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Calls an operation through the public door.
@Command(
        name = "call",
        description =
                "Call an operation through the public door as a role would, and say what was decided and by which line.",
        footer = {
            "",
            "Examples:",
            "  ringwall call orders.read 17 --as shopper",
            "  ringwall call catalog.list --body"
        })
final class CallCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Parameters(index = "0", paramLabel = "OPERATION", description = "service.verb")
    private String operation = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "VALUE",
            description = "The values of the path's parameters, in order.")
    private List<String> values = List.of();

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            description = "A role of the declaration (default: nobody).")
    private @Nullable String role;

    @Option(
            names = "--data",
            paramLabel = "JSON",
            description = "The body (default: the example of the service's OpenAPI document).")
    private @Nullable String data;

    @Mixin private CodeInput code = new CodeInput();

    @Option(names = "--body", description = "Also print the answer's body.")
    private boolean body;

    @Mixin private OutputOption output = new OutputOption();

    CallCommand(Screen screen) {
        this.screen = screen;
    }

    /// What was decided and what was answered, for programs.
    record WithBody(Deciding decided, String body) {}

    @Override
    public Integer call() {
        StateFolder state = system.folder();
        Declared declared = Loading.declared(state.declaration(), screen);
        OperatorClient control = system.connect();
        DoorCall call = DoorCall.of(declared.blueprint(), operation, values, data);
        DoorCall.Answer answer =
                call.send(
                        state,
                        control.get(Operating.STATUS, Operating.Status.class).door(),
                        role == null
                                ? null
                                : Tokens.bearer(
                                        state,
                                        control,
                                        declared.blueprint(),
                                        role,
                                        code.of(role, screen)));
        Deciding deciding =
                Deciding.of(declared.blueprint(), call.operation(), role, answer, control);
        output.print(
                screen,
                body ? new WithBody(deciding, answer.body()) : deciding,
                () -> lines(deciding, answer));
        return deciding.allowed() ? Exit.FINE : Exit.FINDINGS;
    }

    private List<String> lines(Deciding deciding, DoorCall.Answer answer) {
        List<String> lines = new ArrayList<>(deciding.lines(screen));
        if (body) {
            lines.add(Screen.harmless(answer.body()));
        }
        return lines;
    }
}
