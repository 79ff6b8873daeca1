package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which programs may ask for tokens now, for whom, and how they prove themselves.
final class ClientDifference {

    private final Map<String, Client> before;
    private final Map<String, Client> after;
    private final List<Change> changes;

    ClientDifference(Declaration before, Declaration after, List<Change> changes) {
        this.before = before.clients();
        this.after = after.clients();
        this.changes = changes;
    }

    void find() {
        after.forEach((name, young) -> {
            Client old = before.get(name);
            if (old == null) {
                add(
                        Direction.LOOSER,
                        young,
                        name
                                + " is a new client, for "
                                + String.join(", ", young.roles().keySet()));
            } else {
                compare(old, young);
            }
        });
        before.forEach((name, old) -> {
            if (!after.containsKey(name)) {
                add(Direction.TIGHTER, old, "the client " + name + " is gone");
            }
        });
    }

    private void compare(Client old, Client young) {
        String name = young.name();
        if (old.kind() != young.kind()) {
            add(
                    Direction.OTHER,
                    young,
                    "%s is of kind %s instead of %s"
                            .formatted(name, young.kind().word(), old.kind().word()));
        }
        gained(young, old.roles().keySet(), young.roles().keySet(), "may be used by holders of ");
        gained(young, old.actsFor().keySet(), young.actsFor().keySet(), "may act for holders of ");
        gained(
                young,
                PersonalScope.words(old.claims().keySet()),
                PersonalScope.words(young.claims().keySet()),
                "may ask for people's ");
        gained(young, old.returnTo().keySet(), young.returnTo().keySet(), "is sent codes to ");
        gained(
                young,
                old.logout().returnTo().keySet(),
                young.logout().returnTo().keySet(),
                "is sent people who signed out to ");
        if (old.proof() != young.proof()) {
            add(
                    proof(old.proof(), young.proof()),
                    young,
                    "%s proves itself by %s instead of %s"
                            .formatted(name, young.proof().word(), old.proof().word()));
        }
        if (old.profile() != young.profile()) {
            add(
                    young.profile() == Client.Profile.PLAIN ? Direction.LOOSER : Direction.TIGHTER,
                    young,
                    "%s keeps to the profile %s instead of %s"
                            .formatted(name, young.profile().word(), old.profile().word()));
        }
        if (old.subject() != young.subject()) {
            add(
                    young.subject() == Client.Subject.PUBLIC ? Direction.LOOSER : Direction.TIGHTER,
                    young,
                    "%s knows people by %s ids instead of %s ones"
                            .formatted(name, young.subject().word(), old.subject().word()));
        }
        if (old.consent() != young.consent()) {
            boolean asks = young.consent() == Client.Consent.ASK;
            add(
                    asks ? Direction.TIGHTER : Direction.LOOSER,
                    young,
                    name
                            + (asks
                                    ? " asks people before it acts for them"
                                    : " no longer asks people before it acts for them"));
        }
        if (old.signedWith() != young.signedWith()) {
            add(
                    Direction.OTHER,
                    young,
                    "what %s reads is signed with %s instead of %s"
                            .formatted(name, young.signedWith().word(), old.signedWith().word()));
        }
        if (!old.logout().backChannel().equals(young.logout().backChannel())
                || !old.logout().frontChannel().equals(young.logout().frontChannel())) {
            add(Direction.OTHER, young, name + " hears elsewhere that somebody signed out");
        }
    }

    private static Direction proof(Client.Proof old, Client.Proof young) {
        boolean oldStrong = old.compareTo(Client.Proof.KEYS) >= 0;
        boolean youngStrong = young.compareTo(Client.Proof.KEYS) >= 0;
        if (oldStrong && youngStrong) {
            return Direction.OTHER;
        }
        return young.compareTo(old) < 0 ? Direction.LOOSER : Direction.TIGHTER;
    }

    private void gained(Client client, Set<String> old, Set<String> young, String what) {
        young.stream()
                .filter(one -> !old.contains(one))
                .forEach(one -> add(Direction.LOOSER, client, client.name() + " " + what + one));
        old.stream()
                .filter(one -> !young.contains(one))
                .forEach(one ->
                        add(Direction.TIGHTER, client, client.name() + " no longer " + what + one));
    }

    private void add(Direction direction, Client client, String sentence) {
        changes.add(new Change(direction, client.name(), sentence, client.line()));
    }
}
