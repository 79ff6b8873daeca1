package dev.ringwall.command;

import dev.ringwall.link.Showing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// One client: where it comes from, what it may do, and when it was last used.
@Command(
        name = "show",
        description =
                "One client: where it comes from, what it may do, and, where it registered itself, its own words, when it was last used and when it ends.",
        footer = {"", "Example:", "  ringwall client show shop-web -o json"})
final class ClientShowCommand implements Callable<Integer> {

    private static final int LABEL = 11;

    private final Screen screen;

    @Mixin private SystemOption system = new SystemOption();
    @Mixin private OutputOption output = new OutputOption();

    @Parameters(
            paramLabel = "CLIENT",
            description = "Its client_id, or its name in the declaration.")
    private String id = "";

    ClientShowCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Showing.Client client =
                system.connect()
                        .get(Showing.CLIENT + OperatorClient.named(id), Showing.Client.class);
        output.print(screen, client, () -> lines(client));
        return Exit.FINE;
    }

    private static List<String> lines(Showing.Client client) {
        List<String> lines = new ArrayList<>();
        line(lines, "client", client.id() + (client.revoked() ? "   revoked" : ""));
        line(lines, "from", client.from());
        line(
                lines,
                "name",
                client.name() == null ? null : "\"" + client.name() + "\", its own word");
        line(lines, "roles", String.join(", ", client.roles()));
        line(lines, "kind", client.kind());
        line(lines, "proof", client.proof());
        client.redirects().forEach(address -> line(lines, "back to", address));
        client.scopes().forEach(scope -> line(lines, "scope", scope));
        line(lines, "since", said(client.created()));
        line(lines, "last used", said(client.used()));
        line(lines, "ends", client.expires() == null ? null : client.expires() + " if unused");
        return lines;
    }

    private static @Nullable String said(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static void line(List<String> lines, String label, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            lines.add(label + " ".repeat(LABEL - label.length()) + value);
        }
    }
}
