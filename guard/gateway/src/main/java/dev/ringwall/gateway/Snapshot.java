package dev.ringwall.gateway;

import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Network;
import dev.ringwall.policy.Policy;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a node decides by, at one moment. It never changes; the next one takes its place whole ([DataPlane#apply]).
///
/// @param number    of the bundle that it was made from
/// @param policy    the blueprint, compiled
/// @param issuer    whose access tokens count
/// @param audience  what they must be for
/// @param jwks      the issuer's public keys, a JSON Web Key Set (RFC 7517)
/// @param keys      the API keys that are known
/// @param revoked   what counts no more although its time is not up
/// @param endpoints service → its sidecars; `control` → the identity provider
public record Snapshot(
        long number,
        Blueprint blueprint,
        Policy policy,
        String issuer,
        String audience,
        String jwks,
        List<KnownKey> keys,
        List<Revoked> revoked,
        Map<String, List<InetSocketAddress>> endpoints) {

    /// The name under which the control plane stands among the endpoints.
    public static final String CONTROL = "control";

    public Snapshot {
        keys = List.copyOf(keys);
        revoked = List.copyOf(revoked);
        endpoints = Map.copyOf(endpoints);
    }

    /// An API key, by its hash.
    ///
    /// @param sha256  of the whole key, 64 hexadecimal digits
    /// @param from    the only networks that it is accepted from; empty means anywhere
    /// @param expires when it stops being accepted; empty means never
    public record KnownKey(
            String id, String sha256, String role, List<Network> from, Optional<Instant> expires) {
        public KnownKey {
            from = List.copyOf(from);
        }
    }

    /// Something that counts no more.
    ///
    /// @param until when the last of it would have ended anyway
    public record Revoked(What what, String value, Instant until) {

        /// What the value names.
        public enum What {
            /// One token, by its `jti`.
            TOKEN,
            /// All tokens of a session, by `sid`.
            SESSION,
            /// All tokens of an account or client, by `sub`.
            SUBJECT,
            /// Every call from a network, in CIDR form.
            NETWORK
        }
    }
}
