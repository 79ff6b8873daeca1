package dev.ringwall.command;

import dev.ringwall.link.FreePorts;
import dev.ringwall.link.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The identity provider by itself, for those who test it.
@Command(
        name = "identity",
        description = "The identity provider by itself, for a conformance suite: serve.",
        synopsisSubcommandLabel = "serve")
final class IdentityCommand {

    private final Screen screen;

    IdentityCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "serve",
            description =
                    "Run a throw-away provider for the OpenID Foundation's conformance suite, with two clients and a user made for it, until Ctrl-C. It takes no declaration and no state folder; in a system, `up` and `control` run the provider.",
            footer = {
                "",
                "Examples:",
                "  ringwall identity serve --conformance",
                "  ringwall identity serve --conformance --plan fapi-2.0 --host op.example.com -o json"
            })
    int serve(
            @Option(
                            names = "--conformance",
                            required = true,
                            description =
                                    "Say that this provider is for a conformance suite and nothing else.")
                    boolean conformance,
            @Option(
                            names = "--plan",
                            paramLabel = "PLAN",
                            defaultValue = "basic",
                            description = "basic, config or fapi-2.0 (default: ${DEFAULT-VALUE}).")
                    String plan,
            @Option(
                            names = "--host",
                            paramLabel = "NAME",
                            defaultValue = "localhost",
                            description =
                                    "The host name by which the suite reaches it (default: ${DEFAULT-VALUE}).")
                    String host,
            @Option(
                            names = "--port",
                            paramLabel = "PORT",
                            defaultValue = "8443",
                            description =
                                    "Its port (default: ${DEFAULT-VALUE}; 0 picks a free one).")
                    int port,
            @Option(
                            names = "--listen",
                            paramLabel = "ADDRESS",
                            description =
                                    "The address that it listens on (default: 127.0.0.1 for localhost, every address for another host).")
                    @Nullable String listen,
            @Option(
                            names = "--suite",
                            paramLabel = "URL",
                            defaultValue = "https://www.certification.openid.net",
                            description =
                                    "Where the suite is, as browsers reach it (default: ${DEFAULT-VALUE}).")
                    URI suite,
            @Mixin OutputOption output)
            throws IOException, InterruptedException {
        if (!conformance) {
            throw new Unusable(
                    "without --conformance there is nothing to serve (expected: `ringwall up` or `ringwall control` for the provider of a declaration)");
        }
        ConformancePlan wanted = ConformancePlan.of(plan);
        ConformanceProvider.Place place =
                new ConformanceProvider.Place(
                        host, port == 0 ? FreePorts.next() : port, address(listen, host), suite);
        HeadStart.begin();
        try (Stopping stopping = Stopping.begin();
                ConformanceProvider provider = ConformanceProvider.start(wanted, place)) {
            ConformanceSetting setting = provider.setting();
            output.print(
                    screen,
                    setting,
                    () ->
                            setting.lines(
                                    new String(
                                            Json.write(setting.config()), StandardCharsets.UTF_8)));
            screen.say("running; Ctrl-C stops it and forgets everything");
            stopping.await();
        }
        return Exit.FINE;
    }

    private static InetAddress address(@Nullable String listen, String host) {
        String text =
                listen == null ? (host.equals("localhost") ? "127.0.0.1" : "0.0.0.0") : listen;
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException none) {
            throw new Unusable("`" + text + "` is no address of this machine", none);
        }
    }
}
