package dev.ringwall.shape;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/// Values from a small world, so that schemas from the same world often fit.
final class RandomValues {

    static final List<String> NAMES = List.of("a", "b", "c", "xd");

    private final RandomGenerator random;

    RandomValues(RandomGenerator random) {
        this.random = random;
    }

    String value(int depth) {
        int kind = random.nextInt(depth == 0 ? 6 : 10);
        return switch (kind) {
            case 0 -> "null";
            case 1 -> random.nextBoolean() ? "true" : "false";
            case 2, 3 -> number();
            case 4, 5 -> "\"" + text() + "\"";
            case 6, 7 -> items(depth);
            default -> members(depth);
        };
    }

    String number() {
        return OracleTest.oneOf(
                random, "0", "1", "2", "3", "-1", "1.0", "1.5", "2e0", "0.25", "10");
    }

    String text() {
        return OracleTest.oneOf(
                random,
                "",
                "a",
                "b",
                "ab",
                "abc",
                "é",
                "😀",
                "2026-01-02",
                "2026-02-30",
                "127.0.0.1",
                "1.2.3");
    }

    private String items(int depth) {
        List<String> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(depth - 1));
        }
        return "[" + String.join(",", items) + "]";
    }

    private String members(int depth) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, new Random(random.nextLong()));
        List<String> members = new ArrayList<>();
        for (String name : names.subList(0, random.nextInt(NAMES.size() + 1))) {
            members.add("\"" + name + "\":" + value(depth - 1));
        }
        return "{" + String.join(",", members) + "}";
    }
}
