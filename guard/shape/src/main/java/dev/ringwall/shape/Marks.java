package dev.ringwall.shape;

import java.util.BitSet;

/// Which members or items of one value some schema has spoken of (JSON Schema 2020-12 §11).
final class Marks {

    private final BitSet spokenOf = new BitSet();

    void add(int index) {
        spokenOf.set(index);
    }

    void addFirst(int count) {
        spokenOf.set(0, count);
    }

    void addAll(Marks others) {
        spokenOf.or(others.spokenOf);
    }

    boolean has(int index) {
        return spokenOf.get(index);
    }
}
