package dev.ringwall.node;

import dev.ringwall.events.Ids;
import dev.ringwall.gateway.Snapshot;
import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.link.Messages;
import dev.ringwall.link.OwnerFiles;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.DoorCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows at the door what the declared authority certified, as the control plane hands it out; and to that authority, when it asks, what
/// proves that the names are ours. What is unfit is not shown. The last certificate lies on this node's disk, so that the door shows it
/// also while the control plane is away.
final class DoorIssued implements Loop.Round {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(DoorIssued.class);

    private final Supplier<Snapshot> newest;
    private final Links links;
    private final ShownAtDoor shown;
    private final Path file;
    private final InstantSource clock;
    private final String gateway;
    private long have;
    private volatile Optional<String> lacking = Optional.empty();

    DoorIssued(Supplier<Snapshot> newest, Links links, ShownAtDoor shown, NodeSettings settings) {
        this.newest = newest;
        this.links = links;
        this.shown = shown;
        this.file = settings.folder().resolve("door-issued.pem");
        this.clock = settings.clock();
        this.gateway = new Ids(clock).next();
    }

    /// Shows what is on the disk, where an authority is declared.
    void begin() {
        if (asksAnAuthority()) {
            try {
                if (Files.exists(file)) {
                    String both = Files.readString(file);
                    show(ServerCertificate.read(both, both, clock.instant()));
                }
            } catch (IOException unreadable) {
                LOG.warn("the certificate of the public name on the disk is not read", unreadable);
            }
        }
    }

    private boolean asksAnAuthority() {
        return newest.get().blueprint().declaration().door().certificate()
                instanceof DoorCertificate.Acme;
    }

    @Override
    public boolean run() throws InterruptedException {
        if (!asksAnAuthority()) {
            shown.prove(Map.of());
            have = 0;
            lacking = Optional.empty();
            Thread.sleep(LOOK_EVERY);
            return true;
        }
        return switch (links.of(NodeSettings.GATEWAY).door(gateway, have)) {
            case ControlLink.Reply.Answered<Messages.Door>(Messages.Door door) -> {
                if (asksAnAuthority()) {
                    take(door);
                }
                yield true;
            }
            case ControlLink.Reply.Refused<Messages.Door> _,
                    ControlLink.Reply.Unavailable<Messages.Door> _ -> {
                shown.dropEnded(clock.instant());
                yield false;
            }
        };
    }

    private void take(Messages.Door door) {
        Instant now = clock.instant();
        Map<String, ServerCertificate> proofs = new HashMap<>();
        door.proofs()
                .forEach((host, proof) -> {
                    if (ServerCertificate.read(proof.chain(), proof.key(), now)
                            instanceof ServerCertificate.Read.Good(ServerCertificate good)) {
                        proofs.put(host, good);
                    }
                });
        shown.prove(proofs);
        Optional<String> unfit = Optional.ofNullable(door.lacking());
        Messages.KeyPair certificate = door.shown();
        if (certificate == null) {
            shown.dropEnded(now);
        } else {
            unfit =
                    show(ServerCertificate.read(certificate.chain(), certificate.key(), now))
                            .or(() -> Optional.ofNullable(door.lacking()));
            keep(certificate);
        }
        lacking = unfit.map(why -> "the certificate of the public name: " + why);
        have = door.number();
    }

    /// Returns why it is not shown.
    private Optional<String> show(ServerCertificate.Read read) {
        return switch (read) {
            case ServerCertificate.Read.Good(ServerCertificate good) -> {
                Declaration declaration = newest.get().blueprint().declaration();
                boolean all =
                        good.missing(declaration.door().served(declaration.domain())).isEmpty();
                shown.show(List.of(good), !all);
                yield Optional.empty();
            }
            case ServerCertificate.Read.Unfit(String why) -> {
                shown.dropEnded(clock.instant());
                yield Optional.of(why);
            }
        };
    }

    private void keep(Messages.KeyPair certificate) {
        String both = certificate.key() + certificate.chain();
        try {
            if (!Files.exists(file) || !Files.readString(file).equals(both)) {
                OwnerFiles.write(file, both);
            }
        } catch (IOException disk) {
            LOG.warn("the certificate of the public name is not on the disk", disk);
        }
    }

    /// What is wrong with the certificate of the public name; empty where nothing is.
    Optional<String> lacking() {
        return lacking;
    }
}
