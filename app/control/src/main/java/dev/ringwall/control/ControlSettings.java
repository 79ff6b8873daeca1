package dev.ringwall.control;

import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.store.Database;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// What a control plane is told when it starts.
///
/// @param folder       what it must remember: keys, the log, and the records where there is no server for them
/// @param database     the server for the records; empty where they lie in the folder
/// @param operator     where it writes what lets the command line speak to it
/// @param declaration  the name of the declaration, as the user gave it
/// @param listen       where nodes, gateways and the command line reach it
/// @param door         the public door that callers see, `https://localhost:8443`
/// @param unlock       opens the keys on disk
public record ControlSettings(
        Path folder,
        Optional<Database.Server> database,
        Path operator,
        String declaration,
        InetSocketAddress listen,
        URI door,
        UnlockSecret unlock,
        InstantSource clock) {

    /// Where some of its records lie: on the server, or in a file of that name in the folder.
    Database records(String file) {
        return database.<Database>map(server -> server)
                .orElseGet(() -> new Database.Embedded(folder.resolve(file)));
    }

    /// Where it is reached, once it is known on which port.
    String hostAndPort(int port) {
        return listen.getHostString() + ":" + port;
    }

    /// What the identity provider's addresses start with.
    public String issuer() {
        return door + "/auth";
    }

    /// What access tokens are for.
    public String audience() {
        return door.toString();
    }
}
