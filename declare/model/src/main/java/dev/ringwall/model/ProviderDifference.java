package dev.ringwall.model;

import dev.ringwall.model.Change.Direction;
import java.util.List;
import java.util.Map;

/// Which outside providers are believed now, and for what.
final class ProviderDifference {

    private ProviderDifference() {}

    static void find(Declaration before, Declaration after, List<Change> changes) {
        after.providers()
                .forEach((name, young) -> {
                    OutsideProvider old = before.providers().get(name);
                    if (old == null) {
                        add(
                                changes,
                                Direction.LOOSER,
                                young,
                                "people sign in by " + young.issuer() + ", which is new");
                    } else {
                        compare(old, young, changes);
                    }
                });
        before.providers()
                .forEach((name, old) -> {
                    if (!after.providers().containsKey(name)) {
                        add(
                                changes,
                                Direction.TIGHTER,
                                old,
                                "nobody signs in by " + old.issuer() + " any more");
                    }
                });
    }

    private static void compare(OutsideProvider old, OutsideProvider young, List<Change> changes) {
        if (!old.issuer().equals(young.issuer())) {
            add(
                    changes,
                    Direction.OTHER,
                    young,
                    young.issuer() + " is believed instead of " + old.issuer());
        }
        if (old.create() != young.create()) {
            add(
                    changes,
                    young.create() ? Direction.LOOSER : Direction.TIGHTER,
                    young,
                    young.create()
                            ? "who comes for the first time gets an account"
                            : "only accounts that were linked come in");
        }
        mapped(old.roles(), young.roles(), young, changes);
        if (!old.secondFactor().equals(young.secondFactor())) {
            add(
                    changes,
                    Direction.OTHER,
                    young,
                    "something else that it says counts as a second factor");
        }
        if (!old.exchange().keySet().equals(young.exchange().keySet())) {
            add(
                    changes,
                    old.exchange().keySet().containsAll(young.exchange().keySet())
                            ? Direction.TIGHTER
                            : Direction.LOOSER,
                    young,
                    "its ID tokens are exchanged by "
                            + (young.exchange().isEmpty()
                                    ? "nobody"
                                    : String.join(", ", young.exchange().keySet())));
        }
    }

    private static void mapped(
            Map<String, OutsideProvider.Mapping> old,
            Map<String, OutsideProvider.Mapping> young,
            OutsideProvider provider,
            List<Change> changes) {
        young.forEach((role, mapping) -> {
            OutsideProvider.Mapping was = old.get(role);
            if (was == null) {
                add(changes, Direction.LOOSER, provider, "it gives " + role);
            } else if (!was.claims().equals(mapping.claims())) {
                boolean wider =
                        mapping.everyone()
                                || (!was.everyone() && !was.claims().containsAll(mapping.claims()));
                add(
                        changes,
                        wider ? Direction.LOOSER : Direction.TIGHTER,
                        provider,
                        "it gives " + role + " to others than before");
            }
        });
        old.keySet().stream()
                .filter(role -> !young.containsKey(role))
                .forEach(role ->
                        add(changes, Direction.TIGHTER, provider, "it gives " + role + " no more"));
    }

    private static void add(
            List<Change> changes, Direction direction, OutsideProvider provider, String sentence) {
        changes.add(new Change(direction, provider.name(), sentence, provider.line()));
    }
}
