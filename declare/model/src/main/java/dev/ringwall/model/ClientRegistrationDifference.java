package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which programs may register themselves that could not before, and the other way round.
final class ClientRegistrationDifference {

    private static final String WHAT = "client-registration";

    private final List<Change> changes;
    private final Line line;

    private ClientRegistrationDifference(List<Change> changes, Line line) {
        this.changes = changes;
        this.line = line;
    }

    static void find(Declaration before, Declaration after, List<Change> changes) {
        Optional<ClientRegistration> old = before.clientRegistration();
        Optional<ClientRegistration> young = after.clientRegistration();
        if (old.isPresent() && young.isPresent()) {
            new ClientRegistrationDifference(changes, young.get().line())
                    .compare(old.get(), young.get());
        } else if (young.isPresent()) {
            new ClientRegistrationDifference(changes, young.get().line())
                    .add(
                            Direction.LOOSER,
                            "clients are registered by " + said(young.get()) + " too");
        } else if (old.isPresent()) {
            new ClientRegistrationDifference(changes, old.get().line())
                    .add(
                            Direction.TIGHTER,
                            "no client registers itself any more, and those that did are no more");
        }
    }

    private void compare(ClientRegistration old, ClientRegistration young) {
        int wider = young.mode().compareTo(old.mode());
        if (wider != 0) {
            add(
                    wider > 0 ? Direction.LOOSER : Direction.TIGHTER,
                    "clients are registered by " + said(young) + " instead of " + said(old));
        }
        gained(words(old), words(young), "clients that register may be of kind ");
        gained(
                old.roles().keySet(),
                young.roles().keySet(),
                "clients that register may be used by holders of ");
        gained(
                PersonalScope.words(old.claims().keySet()),
                PersonalScope.words(young.claims().keySet()),
                "clients that register may ask for people's ");
        gained(
                old.keysFrom().keySet(),
                young.keysFrom().keySet(),
                "keys of clients that register are fetched at ");
        if (!old.signedWith().keySet().equals(young.signedWith().keySet())) {
            add(
                    Direction.OTHER,
                    "clients that register may choose other algorithms for what they read");
        }
        if (old.atMost() != young.atMost()) {
            add(
                    young.atMost() > old.atMost() ? Direction.LOOSER : Direction.TIGHTER,
                    "up to %d clients may be registered instead of %d"
                            .formatted(young.atMost(), old.atMost()));
        }
        int longer = young.unused().compareTo(old.unused());
        if (longer != 0) {
            add(
                    longer > 0 ? Direction.LOOSER : Direction.TIGHTER,
                    "registered clients that nobody uses end "
                            + (longer > 0 ? "later" : "earlier"));
        }
    }

    private static Set<String> words(ClientRegistration says) {
        return says.kinds().keySet().stream().map(Client.Kind::word).collect(Collectors.toSet());
    }

    private void gained(Set<String> old, Set<String> young, String what) {
        young.stream()
                .filter(one -> !old.contains(one))
                .forEach(one -> add(Direction.LOOSER, what + one));
        old.stream()
                .filter(one -> !young.contains(one))
                .forEach(one -> add(Direction.TIGHTER, "no longer: " + what + one));
    }

    private static String said(ClientRegistration says) {
        return says.mode() == Registration.Mode.OPEN ? "anybody" : "who is invited";
    }

    private void add(Direction direction, String sentence) {
        changes.add(new Change(direction, WHAT, sentence, line));
    }
}
