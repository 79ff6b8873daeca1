package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// Calls at a given rate, by `h2load`, which writes down how long each took.
record Paced(Path home, String url) {

    /// How long calls took.
    record Times(long requests, double perSecond, double p50Micros, double p99Micros) {

        /// Of each figure the one in the middle.
        static Times median(List<Times> all) {
            return new Times(
                    all.stream().mapToLong(Times::requests).sum(),
                    middle(all, Times::perSecond),
                    middle(all, Times::p50Micros),
                    middle(all, Times::p99Micros));
        }

        private static double middle(List<Times> all, ToDoubleFunction<Times> of) {
            double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
            return sorted[sorted.length / 2];
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"requests\": %d, \"requestsPerSecond\": %.0f, \"p50Micros\": %.0f, \"p99Micros\": %.0f}",
                    requests,
                    perSecond,
                    p50Micros,
                    p99Micros);
        }
    }

    /// Calls for so long.
    ///
    /// @param perSecond on each connection; 0 for as fast as can be
    Times load(int connections, int perSecond, int seconds)
            throws IOException, InterruptedException {
        Path log = home.resolve("h2load.log");
        Files.deleteIfExists(log);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "h2load",
                                "--h1",
                                "--clients=" + connections,
                                "--duration=" + seconds,
                                "--log-file=" + log));
        if (perSecond > 0) {
            command.add("--rps=" + perSecond);
        }
        command.add(url);
        Program.run(home, "h2load", command);
        try (Stream<String> lines = Files.lines(log)) {
            return times(lines, seconds);
        }
    }

    /// Reads what `h2load` wrote: when a call began, its status, and how many microseconds it took.
    static Times times(Stream<String> lines, int seconds) throws IOException {
        List<long[]> calls =
                lines.map(line ->
                                Arrays.stream(line.split("\t", -1))
                                        .mapToLong(Long::parseLong)
                                        .toArray())
                        .toList();
        long failed = calls.stream().filter(call -> call[1] != 200).count();
        if (failed > 0 || calls.isEmpty()) {
            throw new IOException(
                    failed + " of " + calls.size() + " calls failed, so they say nothing");
        }
        long[] sorted = calls.stream().mapToLong(call -> call[2]).sorted().toArray();
        return new Times(
                sorted.length,
                (double) sorted.length / seconds,
                sorted[sorted.length / 2],
                sorted[(int) Math.min(sorted.length - 1L, sorted.length * 99L / 100)]);
    }
}
