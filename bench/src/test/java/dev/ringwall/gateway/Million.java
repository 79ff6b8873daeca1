package dev.ringwall.gateway;

import dev.ringwall.limits.MillionCallers;
import java.time.Instant;

/// What a million callers take: in one limit, among remembered tokens, and both together.
final class Million {

    private static final int MANY = 1_000_000;
    private static final int TOKEN_CHARS = 700;

    private Million() {}

    /// Prints lines of a name, a tab, and bytes.
    public static void main(String[] arguments) {
        long empty = used();
        Object limits = MillionCallers.counted(MANY);
        long counted = used();
        Fingerprints tokens = new Fingerprints(AccessTokens.REMEMBERED_MAX);
        long now = Instant.now().getEpochSecond();
        String rest = "x".repeat(TOKEN_CHARS);
        for (int i = 0; i < MANY; i++) {
            tokens.keep(i + rest, now + 3_600, now);
        }
        long remembered = used();
        System.out.println("a million callers in a limit\t" + (counted - empty));
        System.out.println("a million tokens remembered\t" + (remembered - counted));
        System.out.println("both\t" + (remembered - empty));
        System.err.println(tokens.size() + " " + (limits == null)); // until here both are in use
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
