package dev.ringwall.gateway;

import dev.ringwall.keys.PeerVerifier;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Network;
import java.net.InetSocketAddress;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that the data plane decides by, at one moment. It is exchanged as a whole while requests flow; a request is decided by
/// the one that it began with.
///
/// @param number    of the bundle that it was made from
/// @param issuer    the identity provider whose tokens count
/// @param audience  what those tokens must be for
/// @param tokenKeys key id → public key of that provider
/// @param keys      API keys by id
/// @param revoked   tokens that count no more
/// @param endpoints service → where its sidecars listen
/// @param control   where the identity provider answers
public record Snapshot(
        long number,
        Blueprint blueprint,
        String issuer,
        String audience,
        Map<String, ECPublicKey> tokenKeys,
        Map<String, ApiKeyEntry> keys,
        Revocations revoked,
        Map<String, List<InetSocketAddress>> endpoints,
        Optional<InetSocketAddress> control,
        PeerVerifier peers) {

    public Snapshot {
        tokenKeys = Map.copyOf(tokenKeys);
        keys = Map.copyOf(keys);
        endpoints = Map.copyOf(endpoints);
    }

    /// One API key, as far as a node knows it.
    ///
    /// @param sha256 of the whole key, 64 hexadecimal digits
    public record ApiKeyEntry(
            String id, String sha256, String role, List<Network> from, Optional<Instant> expires) {
        public ApiKeyEntry {
            from = List.copyOf(from);
        }
    }

    /// Tokens that count no more although their time is not up: by token, by session, by account.
    public record Revocations(
            java.util.Set<String> tokens,
            java.util.Set<String> sessions,
            java.util.Set<String> accounts) {
        public Revocations {
            tokens = java.util.Set.copyOf(tokens);
            sessions = java.util.Set.copyOf(sessions);
            accounts = java.util.Set.copyOf(accounts);
        }
    }
}
