package dev.ringwall.link;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The configuration that every node lives on: the declaration as text, and what the control plane adds to it.
///
/// It carries the files rather than what follows from them, so that a node decides by the very lines that were reviewed, and names them.
/// It travels as a compact JWS of type [#TYPE], signed by the control plane.
///
/// @param number    grows with every change; a node never goes back to a lower one
/// @param entry     which of the files is the first
/// @param files     path → text
/// @param issuer    the identity provider whose tokens count
/// @param audience  what those tokens must be for
/// @param jwks      its public keys, as a JSON Web Key Set (RFC 7517)
/// @param endpoints service → `host:port` of its sidecars; `control` → where identity and the node interface answer
public record Bundle(
        long number,
        String system,
        Instant issued,
        String entry,
        Map<String, String> files,
        String issuer,
        String audience,
        String jwks,
        Map<String, List<String>> endpoints) {

    /// The `typ` of the signed document.
    public static final String TYPE = "ringwall-bundle+jws";

    /// The largest bundle, signed, that a node accepts.
    public static final int BYTES_MAX = 16 << 20;

    public Bundle {
        files = Map.copyOf(files);
        endpoints = Map.copyOf(endpoints);
    }
}
