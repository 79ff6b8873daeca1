package dev.ringwall.command;

import dev.ringwall.keys.JoinToken;
import dev.ringwall.link.HealthServer;
import dev.ringwall.link.OwnerFiles;
import dev.ringwall.node.Node;
import dev.ringwall.node.NodeSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A node that is a process of its own, until somebody ends it.
final class NodeAlone {

    private NodeAlone() {}

    /// Runs it; returns the exit code.
    static int run(Screen screen, NodeOptions options) throws Exception {
        Path state = options.state().toAbsolutePath().normalize();
        LogFile.open(state.resolve("log"));
        NodeSettings settings = settings(state, options);
        try (Stopping stopping = Stopping.begin();
                HealthServer watched =
                        HealthOption.open(options.health(), HealthOption.PORT, List.of("node"));
                Node node = start(settings)) {
            watched.watch("node", node);
            node.awaitPrograms();
            screen.print(
                    String.format(
                            "%-10s %s, bundle %d",
                            "node", String.join(", ", options.names()), node.bundleNumber()));
            stopping.await();
            return Exit.FINE;
        }
    }

    private static Node start(NodeSettings settings) throws IOException, InterruptedException {
        return switch (Node.start(settings)) {
            case Node.Start.Running(Node node) -> node;
            case Node.Start.Refused(String why) -> throw new Unusable(why);
        };
    }

    private static NodeSettings settings(Path state, NodeOptions options) throws IOException {
        Optional<String> token = options.join().map(NodeAlone::read);
        return new NodeSettings(
                state,
                controlAddress(state, options, token),
                token,
                options.names(),
                Addresses.parse(options.door()),
                options.inside(),
                options.run()
                        .map(folder ->
                                new NodeSettings.Programs(
                                        folder.toAbsolutePath().normalize(),
                                        state.resolve("data"),
                                        state.resolve("log"),
                                        state.resolve("archives"))),
                Optional.empty(),
                InstantSource.system());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new Unusable("cannot read the join token in " + file, unreadable);
        }
    }

    private static URI controlAddress(Path state, NodeOptions options, Optional<String> token)
            throws IOException {
        Path remembered = state.resolve("control.url");
        URI address;
        if (options.control().isPresent()) {
            address = options.control().get();
        } else if (token.isPresent()
                && JoinToken.parse(token.get())
                        instanceof JoinToken.Parsed.Token(JoinToken parsed)) {
            address = URI.create("https://" + parsed.control());
        } else if (Files.exists(remembered)) {
            address = URI.create(Files.readString(remembered).strip());
        } else {
            throw new Unusable(
                    "where is the control plane? (expected: --join FILE the first time, or --control URL)");
        }
        OwnerFiles.write(remembered, address + "\n");
        return address;
    }
}
