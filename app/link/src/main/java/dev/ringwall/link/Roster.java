package dev.ringwall.link;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What changes more often than the [Bundle]: which API keys are known, and which tokens count no more.
///
/// It holds hashes, never keys. It travels as a compact JWS of type [#TYPE], signed by the control plane.
///
/// @param number grows with every change; a node never goes back to a lower one
public record Roster(
        long number, String system, Instant issued, List<Key> keys, List<Revocation> revoked) {

    /// The `typ` of the signed document.
    public static final String TYPE = "ringwall-roster+jws";

    public Roster {
        keys = List.copyOf(keys);
        revoked = List.copyOf(revoked);
    }

    /// One API key.
    ///
    /// @param sha256  hash of the whole key, 64 hexadecimal digits
    /// @param from    the only networks that it is accepted from; empty means anywhere
    /// @param expires when it stops being accepted
    public record Key(
            String id, String sha256, String role, List<String> from, @Nullable Instant expires) {
        public Key {
            from = List.copyOf(from);
        }
    }

    /// Tokens that count no more although their time is not up.
    ///
    /// @param kind  `jti` for one token, `sid` for all of a session, `sub` for all of an account
    /// @param until when the last of them would have expired anyway
    public record Revocation(String kind, String value, Instant until) {}
}
