package dev.ringwall.node;

import dev.ringwall.gateway.Snapshot;
import dev.ringwall.keys.ServerCertificate;
import dev.ringwall.model.Declaration;
import dev.ringwall.model.DoorCertificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the door's certificate in line with the declaration and with what it names. What is unfit is not shown: what was shown before
/// stays, as long as it is good, and after that the own authority's certificate is. Why, the status tells.
final class DoorFiles implements Loop.Round {

    /// How often it looks whether files have changed.
    static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(DoorFiles.class);

    private final Supplier<Snapshot> newest;
    private final ShownAtDoor shown;
    private final InstantSource clock;
    private volatile Optional<String> lacking = Optional.empty();

    DoorFiles(Supplier<Snapshot> newest, ShownAtDoor shown, InstantSource clock) {
        this.newest = newest;
        this.shown = shown;
        this.clock = clock;
    }

    @Override
    public boolean run() throws InterruptedException {
        look();
        Thread.sleep(LOOK_EVERY);
        return true;
    }

    /// Looks once.
    void look() {
        Declaration declaration = newest.get().blueprint().declaration();
        switch (declaration.door().certificate()) {
            case DoorCertificate.Files(List<DoorCertificate.Pair> pairs) ->
                    look(pairs, declaration.door().served(declaration.domain()));
            case DoorCertificate.Own _ -> {
                shown.show(List.of());
                say(Optional.empty());
            }
            case DoorCertificate.Acme _ -> say(Optional.empty()); // see DoorIssued
        }
    }

    void look(List<DoorCertificate.Pair> pairs, Set<String> hosts) {
        Instant now = clock.instant();
        List<ServerCertificate> read = new ArrayList<>();
        for (DoorCertificate.Pair pair : pairs) {
            switch (KeyPairFiles.read(pair, now)) {
                case ServerCertificate.Read.Good(ServerCertificate good) -> read.add(good);
                case ServerCertificate.Read.Unfit(String why) -> {
                    keepWhatIsGood(now, why);
                    return;
                }
            }
        }
        List<String> missing =
                hosts.stream()
                        .filter(host -> read.stream().noneMatch(each -> each.covers(host)))
                        .toList();
        if (!missing.isEmpty()) {
            keepWhatIsGood(
                    now,
                    pairs.getFirst().chain()
                            + " is not for "
                            + String.join(", ", missing)
                            + " (expected: a certificate for every host name of the door)");
            return;
        }
        shown.show(read);
        say(Optional.empty());
    }

    private void keepWhatIsGood(Instant now, String why) {
        shown.dropEnded(now);
        say(Optional.of(why));
    }

    private void say(Optional<String> why) {
        if (!why.equals(lacking)) {
            lacking = why;
            why.ifPresentOrElse(
                    unfit ->
                            LOG.atError()
                                    .addKeyValue("why", unfit)
                                    .log("the declared certificate is not shown at the door"),
                    () -> LOG.atInfo().log("the door's certificate is as declared"));
        }
    }

    /// Why the declared certificate, or its successor, is not shown; empty where it is.
    Optional<String> lacking() {
        return lacking;
    }
}
