package dev.ringwall.attack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Collects results as they come and tells the listener, one at a time.
final class Tally {

    private final Listener listener;
    private final int of;
    private final Map<String, Result> byName = new HashMap<>();

    Tally(Listener listener, int of) {
        this.listener = listener;
        this.of = of;
    }

    synchronized void add(Result result) {
        byName.put(result.name(), result);
        listener.played(result, byName.size(), of);
    }

    synchronized List<Result> inOrderOf(List<Attack> attacks) {
        return attacks.stream()
                .map(attack -> Objects.requireNonNull(byName.get(attack.name())))
                .toList();
    }
}
