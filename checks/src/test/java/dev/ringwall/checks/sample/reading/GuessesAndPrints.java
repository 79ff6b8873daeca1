package dev.ringwall.checks.sample.reading;

import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;

final class GuessesAndPrints {

    private final Random random = new Random();

    Supplier<Instant> clock() {
        return Instant::now;
    }

    long number() {
        System.out.println(random.nextLong());
        return System.currentTimeMillis();
    }
}
