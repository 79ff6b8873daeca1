package dev.ringwall.command;

import dev.ringwall.control.Declared;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Gets a token as a role would.
@Command(
        name = "token",
        description =
                "Get an access token, or the key, of the operator's own account in a role, by the same login that users go through.",
        footer = {
            "",
            "Example:",
            "  curl --cacert root.pem -H \"Authorization: Bearer $(ringwall token --as shopper)\" https://localhost:8443/orders/17"
        })
final class TokenCommand implements Callable<Integer> {

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();

    @Option(
            names = "--as",
            required = true,
            paramLabel = "ROLE",
            description = "A role of the declaration.")
    private String role = "";

    @Mixin private CodeInput code = new CodeInput();

    TokenCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        StateFolder state = system.folder();
        Declared declared = Loading.declared(state.declaration(), screen);
        screen.print(
                Tokens.bearer(
                        state,
                        system.connect(),
                        declared.blueprint(),
                        role,
                        code.of(role, screen)));
        return Exit.FINE;
    }
}
