package dev.ringwall.attack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Weaknesses that one run of the tiny system has together.
///
/// @param found weakness → the attacks that are meant for it, as a pattern of their names
record Weak(Map<Weakness, String> found) {

    static Weak of() {
        return new Weak(Map.of());
    }

    /// One more, and what must find it.
    Weak found(Weakness weakness, String attacks) {
        Map<Weakness, String> more = new LinkedHashMap<>(found);
        if (more.put(weakness, attacks) != null) {
            throw new IllegalArgumentException(weakness + " is there already");
        }
        return new Weak(more);
    }

    boolean has(Weakness weakness) {
        return found.containsKey(weakness);
    }

    /// Whether the attack is meant for one of them.
    boolean means(String attack) {
        return found.values().stream().anyMatch(attack::matches);
    }

    Weakness[] weaknesses() {
        return found.keySet().toArray(Weakness[]::new);
    }

    @Override
    public String toString() {
        Set<String> names = new TreeSet<>();
        found.keySet().forEach(weakness -> names.add(weakness.name()));
        return String.join(", ", names);
    }
}
