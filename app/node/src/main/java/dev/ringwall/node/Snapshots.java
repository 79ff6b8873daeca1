package dev.ringwall.node;

import dev.ringwall.gateway.Snapshot;
import dev.ringwall.link.Bundle;
import dev.ringwall.link.Roster;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Network;
import dev.ringwall.model.Problem;
import dev.ringwall.policy.Policy;
import dev.ringwall.reading.Reader;
import dev.ringwall.reading.Reading;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From verified documents to what the data plane decides by. The declaration is read again here, so that what decides is what was
/// reviewed.
final class Snapshots {

    private @Nullable Compiled last;

    /// What a declaration came to. Most of what is published changes keys and places only, and leaves it as it is.
    private record Compiled(
            Map<String, String> files, String entry, Blueprint blueprint, Policy policy) {
        boolean isOf(Bundle bundle) {
            return files.equals(bundle.files()) && entry.equals(bundle.entry());
        }
    }

    /// What became of a bundle.
    sealed interface Made {
        record Ready(Snapshot snapshot) implements Made {}

        /// It cannot be decided by; the one before it stays.
        record Unusable(String why) implements Made {}
    }

    Made of(Bundle bundle, Optional<Roster> roster) {
        if (last != null && last.isOf(bundle)) {
            return ready(bundle, last, roster);
        }
        return switch (Reader.read(bundle.files(), bundle.entry())) {
            case Reading.Unreadable unreadable -> unusable(unreadable.problems());
            case Reading.Read read ->
                    switch (Blueprint.of(read.declaration())) {
                        case Blueprint.Outcome.Contradictory(List<Problem> problems) ->
                                unusable(problems);
                        case Blueprint.Outcome.Sound(Blueprint blueprint, var _) ->
                                compiled(bundle, blueprint, roster);
                    };
        };
    }

    private static Made unusable(List<Problem> problems) {
        Problem first = problems.getFirst();
        return new Made.Unusable(first.line() + ": " + first.message());
    }

    private Made compiled(Bundle bundle, Blueprint blueprint, Optional<Roster> roster) {
        return switch (Policy.compile(blueprint)) {
            case Policy.Outcome.Rejected(List<Problem> problems) -> unusable(problems);
            case Policy.Outcome.Compiled(Policy policy) -> {
                last = new Compiled(bundle.files(), bundle.entry(), blueprint, policy);
                yield ready(bundle, last, roster);
            }
        };
    }

    private static Made ready(Bundle bundle, Compiled compiled, Optional<Roster> roster) {
        try {
            Map<String, List<InetSocketAddress>> endpoints = new HashMap<>();
            bundle.endpoints()
                    .forEach((name, addresses) ->
                            endpoints.put(
                                    name, addresses.stream().map(Snapshots::address).toList()));
            return new Made.Ready(
                    new Snapshot(
                            bundle.number(),
                            compiled.blueprint(),
                            compiled.policy(),
                            bundle.issuer(),
                            bundle.audience(),
                            bundle.jwks(),
                            keys(roster),
                            revoked(roster),
                            endpoints));
        } catch (IllegalArgumentException malformed) {
            return new Made.Unusable("bundle " + bundle.number() + ": " + malformed.getMessage());
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static List<Snapshot.KnownKey> keys(Optional<Roster> roster) {
        List<Snapshot.KnownKey> keys = new ArrayList<>();
        for (Roster.Key key : roster.map(Roster::keys).orElse(List.of())) {
            List<Network> from = new ArrayList<>();
            key.from()
                    .forEach(text ->
                            from.add(
                                    Network.parse(text)
                                            .orElseThrow(() ->
                                                    new IllegalArgumentException(
                                                            text + " is no network"))));
            keys.add(
                    new Snapshot.KnownKey(
                            key.id(),
                            key.sha256(),
                            key.role(),
                            from,
                            Optional.ofNullable(key.expires())));
        }
        return keys;
    }

    private static List<Snapshot.Revoked> revoked(Optional<Roster> roster) {
        return roster.map(Roster::revoked).orElse(List.of()).stream()
                .map(one ->
                        new Snapshot.Revoked(
                                switch (one.kind()) {
                                    case "jti" -> Snapshot.Revoked.What.TOKEN;
                                    case "sid" -> Snapshot.Revoked.What.SESSION;
                                    case "sub" -> Snapshot.Revoked.What.SUBJECT;
                                    default ->
                                            throw new IllegalArgumentException(
                                                    one.kind() + " is nothing that can be revoked");
                                },
                                one.value(),
                                one.until()))
                .toList();
    }
}
