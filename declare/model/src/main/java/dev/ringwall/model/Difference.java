package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What a newer declaration means that an older one did not: who gains and loses what, and where data goes now.
///
/// How a file is written makes no difference, only what it says.
public final class Difference {

    private final Blueprint before;
    private final Blueprint after;
    private final List<Change> changes = new ArrayList<>();

    private Difference(Blueprint before, Blueprint after) {
        this.before = before;
        this.after = after;
    }

    /// Every change: what loosens first, then what tightens, then the rest; empty when both mean the same.
    public static List<Change> between(Blueprint before, Blueprint after) {
        return new Difference(before, after).changes();
    }

    private List<Change> changes() {
        new AccessDifference(before, after, changes).find();
        new OperationDifference(before, after, changes).find();
        new RoleDifference(before, after, changes).find();
        new ClientDifference(before.declaration(), after.declaration(), changes).find();
        new DataDifference(before, after, changes).find();
        DoorDifference.find(before.declaration(), after.declaration(), changes);
        RegistrationDifference.find(before.declaration(), after.declaration(), changes);
        ClientRegistrationDifference.find(before.declaration(), after.declaration(), changes);
        ProviderDifference.find(before.declaration(), after.declaration(), changes);
        ServiceDifference.find(before.declaration(), after.declaration(), changes);
        things("service", Declaration::services, Service::line);
        things("third party", Declaration::thirdParties, ThirdParty::line);
        thirdParties();
        whole();
        changes.sort(
                java.util.Comparator.comparing(Change::direction).thenComparing(Change::subject));
        return List.copyOf(changes);
    }

    private <T> void things(
            String what, Function<Declaration, Map<String, T>> in, Function<T, Line> line) {
        Map<String, T> old = in.apply(before.declaration());
        Map<String, T> young = in.apply(after.declaration());
        young.forEach((name, thing) -> {
            if (!old.containsKey(name)) {
                add(Direction.OTHER, name, name + " is a new " + what, line.apply(thing));
            }
        });
        old.forEach((name, thing) -> {
            if (!young.containsKey(name)) {
                add(
                        Direction.TIGHTER,
                        name,
                        "the " + what + " " + name + " is gone",
                        line.apply(thing));
            }
        });
    }

    private void thirdParties() {
        after.declaration()
                .thirdParties()
                .forEach((name, young) -> {
                    ThirdParty old = before.declaration().thirdParties().get(name);
                    if (old == null) {
                        return;
                    }
                    if (!old.url().equals(young.url())) {
                        add(
                                Direction.OTHER,
                                name,
                                "calls to "
                                        + name
                                        + " go to "
                                        + young.url()
                                        + " instead of "
                                        + old.url(),
                                young.line());
                    }
                    if (!old.credential()
                                    .map(ThirdParty.Credential::secret)
                                    .equals(young.credential().map(ThirdParty.Credential::secret))
                            || !old.credential()
                                    .map(ThirdParty.Credential::form)
                                    .equals(young.credential().map(ThirdParty.Credential::form))) {
                        add(
                                Direction.OTHER,
                                name,
                                "calls to " + name + " carry another credential",
                                young.line());
                    }
                });
    }

    private void whole() {
        Declaration old = before.declaration();
        Declaration young = after.declaration();
        if (!old.system().equals(young.system())) {
            add(
                    Direction.OTHER,
                    young.system(),
                    "the system is called " + young.system() + " instead of " + old.system(),
                    young.line());
        }
        if (!old.domain().equals(young.domain())) {
            add(
                    Direction.OTHER,
                    young.system(),
                    "the public door is at "
                            + young.domain().orElse("localhost")
                            + " instead of "
                            + old.domain().orElse("localhost"),
                    young.line());
        }
        if (!Objects.equals(old.audit(), young.audit())) {
            boolean less =
                    (old.audit().everything() && !young.audit().everything())
                            || kept(young.audit()) < kept(old.audit());
            add(
                    less ? Direction.LOOSER : Direction.TIGHTER,
                    "audit",
                    less
                            ? "less is recorded, or it is kept for less long"
                            : "more is recorded, or it is kept for longer",
                    young.line());
        }
        Set<String> oldRisks =
                new TreeSet<>(old.acceptedRisks().stream().map(AcceptedRisk::risk).toList());
        for (AcceptedRisk risk : young.acceptedRisks()) {
            if (!oldRisks.remove(risk.risk())) {
                add(
                        Direction.LOOSER,
                        risk.risk(),
                        "the risk " + risk.risk() + " is accepted until " + risk.until(),
                        risk.line());
            }
        }
        oldRisks.forEach(risk ->
                add(
                        Direction.TIGHTER,
                        risk,
                        "the risk " + risk + " is not accepted any more",
                        young.line()));
    }

    private static int kept(Declaration.Audit audit) {
        return audit.keepDays() == 0 ? Integer.MAX_VALUE : audit.keepDays();
    }

    private void add(Direction direction, String subject, String sentence, Line line) {
        changes.add(new Change(direction, subject, sentence, line));
    }
}
