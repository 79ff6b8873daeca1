package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.util.List;

/// What the public door does otherwise than before.
final class DoorDifference {

    private static final String DOOR = "the door";

    private DoorDifference() {}

    static void find(Declaration before, Declaration after, List<Change> changes) {
        Door old = before.door();
        Door young = after.door();
        if (old.oldestTls() != young.oldestTls()) {
            changes.add(
                    new Change(
                            young.oldestTls().compareTo(old.oldestTls()) < 0
                                    ? Direction.LOOSER
                                    : Direction.TIGHTER,
                            DOOR,
                            DOOR
                                    + " speaks "
                                    + young.oldestTls().word()
                                    + " and newer instead of "
                                    + old.oldestTls().word(),
                            after.line()));
        }
        young.origins()
                .forEach((origin, line) -> {
                    if (!old.origins().containsKey(origin)) {
                        changes.add(
                                new Change(
                                        Direction.LOOSER,
                                        DOOR,
                                        "pages of " + origin + " may call operations",
                                        line));
                    }
                });
        old.origins()
                .forEach((origin, line) -> {
                    if (!young.origins().containsKey(origin)) {
                        changes.add(
                                new Change(
                                        Direction.TIGHTER,
                                        DOOR,
                                        "pages of " + origin + " may no longer call operations",
                                        line));
                    }
                });
        if (!old.names().equals(young.names()) || !old.mutualTls().equals(young.mutualTls())) {
            changes.add(
                    new Change(
                            Direction.OTHER,
                            DOOR,
                            DOOR
                                    + " answers for "
                                    + young.served(after.domain())
                                    + young.mutualTls()
                                            .map(name -> " and asks for certificates at " + name)
                                            .orElse(""),
                            after.line()));
        }
        if (old.connectionsPerAddress() != young.connectionsPerAddress()) {
            changes.add(
                    new Change(
                            young.connectionsPerAddress() < old.connectionsPerAddress()
                                    ? Direction.TIGHTER
                                    : Direction.LOOSER,
                            DOOR,
                            "one address may hold "
                                    + young.connectionsPerAddress()
                                    + " connections instead of "
                                    + old.connectionsPerAddress(),
                            after.line()));
        }
        if (!described(old.certificate()).equals(described(young.certificate()))) {
            changes.add(
                    new Change(
                            Direction.OTHER,
                            DOOR,
                            DOOR + " shows a certificate " + described(young.certificate()),
                            after.line()));
        }
        if (old.accessTokens() != young.accessTokens()) {
            changes.add(
                    new Change(
                            Direction.OTHER,
                            DOOR,
                            "access tokens are signed with "
                                    + young.accessTokens().word()
                                    + " instead of "
                                    + old.accessTokens().word(),
                            after.line()));
        }
        if (!old.headers().equals(young.headers())) {
            changes.add(
                    new Change(
                            Direction.OTHER,
                            DOOR,
                            "answers have other headers: " + young.headers(),
                            after.line()));
        }
    }

    private static String described(DoorCertificate certificate) {
        return switch (certificate) {
            case DoorCertificate.Own() -> "of the system's own authority";
            case DoorCertificate.Files(var pairs) ->
                    "from "
                            + String.join(
                                    ", ", pairs.stream().map(DoorCertificate.Pair::chain).toList());
            case DoorCertificate.Acme acme -> "from " + acme.directory();
        };
    }
}
