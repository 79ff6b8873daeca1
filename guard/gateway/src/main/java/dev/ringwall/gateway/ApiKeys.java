package dev.ringwall.gateway;

import dev.ringwall.keys.ApiKey;
import dev.ringwall.model.Network;
import dev.ringwall.model.Reason;
import dev.ringwall.policy.Caller;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Checks API keys against the roster. Immutable; any thread may use it.
final class ApiKeys {

    /// How every key begins.
    static final String PREFIX = "rw_";

    private final Map<String, Snapshot.KnownKey> byId = new HashMap<>();
    private final Map<String, List<Network>> networksOfRole;

    ApiKeys(List<Snapshot.KnownKey> keys, Map<String, List<Network>> networksOfRole) {
        keys.forEach(key -> byId.put(key.id(), key));
        this.networksOfRole = Map.copyOf(networksOfRole);
    }

    Proof check(String text, InetAddress from, Instant now) {
        return switch (ApiKey.parse(text)) {
            case ApiKey.Parsed.Malformed(String why) ->
                    new Proof.Unproved(Reason.TOKEN_MALFORMED, why);
            case ApiKey.Parsed.Key(ApiKey key) -> check(key, from, now);
        };
    }

    private Proof check(ApiKey shown, InetAddress from, Instant now) {
        Snapshot.KnownKey known = byId.get(shown.id());
        if (known == null || !shown.hasSha256(known.sha256())) {
            return new Proof.Unproved(Reason.KEY_UNKNOWN, "key " + shown.id());
        }
        if (known.expires().isPresent() && !now.isBefore(known.expires().get())) {
            return new Proof.Unproved(
                    Reason.KEY_EXPIRED, "key " + shown.id() + ", since " + known.expires().get());
        }
        boolean here =
                within(known.from(), from)
                        && within(networksOfRole.getOrDefault(known.role(), List.of()), from);
        return here
                ? new Proof.Proved(new Caller.Key(known.id(), known.role()))
                : new Proof.Unproved(
                        Reason.ADDRESS_NOT_ALLOWED,
                        "key " + shown.id() + " from " + from.getHostAddress());
    }

    private static boolean within(List<Network> networks, InetAddress from) {
        return networks.isEmpty() || networks.stream().anyMatch(each -> each.contains(from));
    }
}
