package dev.ringwall.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What a node is told when it starts. Everything else comes in the bundle.
///
/// @param folder    what it remembers: certificates, last bundle and roster, spool
/// @param control   where the control plane answers
/// @param joinToken lets it join; needed only the first time
/// @param names     what it is: `gateway`, and the services that it stands beside
/// @param door      where the public door listens, when it is the gateway
/// @param inside    the address that its sidecars listen on, each on a free port
/// @param programs  when it also runs those services
/// @param admission when it stands beside every service, also those that are declared later
public record NodeSettings(
        Path folder,
        URI control,
        Optional<String> joinToken,
        List<String> names,
        InetSocketAddress door,
        String inside,
        Optional<Programs> programs,
        Optional<Admission> admission,
        InstantSource clock) {

    /// The name of the public gateway among the names.
    public static final String GATEWAY = "gateway";

    public NodeSettings {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("no name (expected: gateway, or services)");
        }
    }

    /// The services among the names.
    List<String> services() {
        return names.stream().filter(name -> !name.equals(GATEWAY)).toList();
    }

    /// Lets a node in as services that were declared after it joined.
    @FunctionalInterface
    public interface Admission {
        /// A single-use token to join as these names too.
        ///
        /// @param instance what the certificates that it has say of it
        String joinToken(List<String> names, Optional<String> instance) throws IOException;
    }

    /// How it runs services as its children.
    ///
    /// @param folder where their commands are started
    /// @param data   each gets a folder of its own in it
    /// @param logs   each gets a file of its own in it
    /// @param archives what lets services on Java start faster the next time
    public record Programs(Path folder, Path data, Path logs, Path archives) {}
}
