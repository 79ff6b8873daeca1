package dev.ringwall.gateway;

import dev.ringwall.model.Network;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What counts no more, ready to be asked.
final class Revocations {

    private record Block(Network network, Instant until) {}

    private final Map<Snapshot.Revoked.What, Map<String, Instant>> until =
            new EnumMap<>(Snapshot.Revoked.What.class);
    private final List<Block> networks = new ArrayList<>();

    Revocations(List<Snapshot.Revoked> revoked) {
        for (Snapshot.Revoked each : revoked) {
            if (each.what() == Snapshot.Revoked.What.NETWORK) {
                Network.parse(each.value())
                        .ifPresent(network -> networks.add(new Block(network, each.until())));
            } else {
                until.computeIfAbsent(each.what(), _ -> new HashMap<>())
                        .merge(each.value(), each.until(), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
    }

    /// Whether a token with these claims has been revoked.
    boolean token(AccessTokens.Claims claims, Instant now) {
        return has(Snapshot.Revoked.What.TOKEN, claims.tokenId(), now)
                || has(Snapshot.Revoked.What.SESSION, claims.session(), now)
                || has(Snapshot.Revoked.What.SUBJECT, claims.subject(), now);
    }

    /// Whether calls from there are shut out.
    boolean shutsOut(InetAddress address, Instant now) {
        for (Block block : networks) {
            if (block.network().contains(address) && now.isBefore(block.until())) {
                return true;
            }
        }
        return false;
    }

    private boolean has(Snapshot.Revoked.What what, String value, Instant now) {
        Map<String, Instant> named = until.get(what);
        Instant end = named == null ? null : named.get(value);
        return end != null && now.isBefore(end);
    }
}
