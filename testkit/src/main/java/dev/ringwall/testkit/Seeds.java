package dev.ringwall.testkit;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Holds a property over many random inputs, each made from a seed of its own.
///
/// A failure names the seed; `-Dringwall.seed=…` repeats just that one.
public final class Seeds {

    private static final String REPEAT = "ringwall.seed";

    private Seeds() {}

    /// A property of one random input; it throws when it does not hold.
    @FunctionalInterface
    public interface Property {
        /// Makes an input from the source and checks it.
        void holdsFor(RandomGenerator random) throws Exception;
    }

    /// Holds the property for seeds 1 to `times`, or only for the one asked for.
    public static void each(int times, Property property) {
        Long only = Long.getLong(REPEAT);
        if (only != null) {
            check(only, property);
            return;
        }
        for (long seed = 1; seed <= times; seed++) {
            check(seed, property);
        }
    }

    /// The source of randomness that belongs to a seed, the same on every machine.
    public static RandomGenerator source(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static void check(long seed, Property property) {
        try {
            property.holdsFor(source(seed));
        } catch (Exception | AssertionError broken) {
            throw new AssertionError(
                    "does not hold for seed "
                            + seed
                            + "; repeat it with -D"
                            + REPEAT
                            + "="
                            + seed
                            + ": "
                            + broken.getMessage(),
                    broken);
        }
    }
}
