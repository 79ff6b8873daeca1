package dev.ringwall.control;

import dev.ringwall.keys.UnlockSecret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/// What a control plane is told when it starts.
///
/// @param folder       what it must remember
/// @param operator     where it writes what lets the command line speak to it
/// @param declaration  the name of the declaration, as the user gave it
/// @param listen       where nodes, gateways and the command line reach it
/// @param door         the public door that callers see, `https://localhost:8443`
/// @param unlock       opens the keys on disk
public record ControlSettings(
        Path folder,
        Path operator,
        String declaration,
        InetSocketAddress listen,
        URI door,
        UnlockSecret unlock,
        InstantSource clock) {

    /// What the identity provider's addresses start with.
    public String issuer() {
        return door + "/auth";
    }

    /// What access tokens are for.
    public String audience() {
        return door.toString();
    }
}
