package dev.ringwall.command;

import dev.ringwall.link.HealthServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a command that stays up tells the machine's own watchers how it is.
final class HealthOption {

    /// The port of nodes, and of whatever has one in it.
    static final int PORT = 18_445;

    /// The port of a control plane that is alone.
    static final int CONTROL_PORT = 18_446;

    @Option(
            names = "--health",
            paramLabel = "[HOST:]PORT",
            description =
                    "Where /livez, /readyz and /metrics answer, plain HTTP (default: 18445 on the loopback, 18446 for control; 0 picks a free port).")
    private @Nullable String health;

    /// Begins to answer; not ready until those parts are.
    HealthServer open(int portByDefault, List<String> awaited) {
        return open(told(), portByDefault, awaited);
    }

    /// What the command line says.
    Optional<String> told() {
        return Optional.ofNullable(health);
    }

    /// The same for what it said.
    static HealthServer open(Optional<String> said, int portByDefault, List<String> awaited) {
        String told = said.orElse(Integer.toString(portByDefault));
        InetSocketAddress address =
                Addresses.parse(told.contains(":") ? told : "127.0.0.1:" + told);
        try {
            return HealthServer.open(address, awaited);
        } catch (IOException taken) {
            throw new Unusable(
                    "nothing can listen on "
                            + address.getHostString()
                            + ":"
                            + address.getPort()
                            + " for health (expected: a free port; name another with --health): "
                            + taken.getMessage(),
                    taken);
        }
    }

    /// Its address, as one would type it.
    static String url(HealthServer health) {
        return "http://"
                + health.address().getAddress().getHostAddress()
                + ":"
                + health.address().getPort();
    }
}
