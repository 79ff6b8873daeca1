package dev.ringwall.gateway;

import dev.ringwall.events.Actor;
import dev.ringwall.keys.ApiKey;
import dev.ringwall.model.Network;
import dev.ringwall.model.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Checks API keys against the roster: hash, end, and the network that they come from.
final class ApiKeys {

    private ApiKeys() {}

    static Proof check(String text, String address, Snapshot snapshot, Instant now) {
        if (!(ApiKey.parse(text) instanceof ApiKey.Parsed.Key(ApiKey key))) {
            return refused(Reason.KEY_UNKNOWN, "not the form of a key");
        }
        Snapshot.ApiKeyEntry entry = snapshot.keys().get(key.id());
        if (entry == null || !sameText(entry.sha256(), key.sha256())) {
            return refused(Reason.KEY_UNKNOWN, "not on the roster");
        }
        if (entry.expires().filter(end -> !now.isBefore(end)).isPresent()) {
            return refused(Reason.KEY_EXPIRED, key.id());
        }
        if (!entry.from().isEmpty() && !within(address, entry.from())) {
            return refused(Reason.ADDRESS_NOT_ALLOWED, key.id());
        }
        Actor actor = new Actor(Actor.Kind.KEY, key.id(), List.of(entry.role()), address);
        long expires = entry.expires().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        return new Proof.Proved(actor, Optional.empty(), Optional.empty(), expires);
    }

    private static boolean within(String address, List<Network> networks) {
        try {
            InetAddress from = InetAddress.getByName(address);
            return networks.stream().anyMatch(network -> network.contains(from));
        } catch (UnknownHostException notNumeric) {
            return false;
        }
    }

    private static boolean sameText(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private static Proof refused(Reason reason, String note) {
        return new Proof.Unproved(Refusal.of(reason, note));
    }
}
