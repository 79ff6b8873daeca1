package dev.ringwall.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `wrk` says of one round.
///
/// @param requests   that were answered
/// @param perSecond  of them
/// @param p50Micros  half of them were answered within
/// @param p99Micros  99 of 100 were answered within
/// @param failures   answers other than 2xx and 3xx, and broken connections
record Load(long requests, double perSecond, double p50Micros, double p99Micros, long failures) {

    /// How long one answer may take, where the first take a cold JVM long.
    private static final String SLOWEST = "30s";

    private static final Pattern ANSWERED = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern QUANTILE = Pattern.compile("\\s+(50|99)%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern OTHER = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern SOCKETS =
            Pattern.compile(
                    "Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

    /// Loads a URL for a while.
    static Load on(Path home, Peer peer, Optional<String> token, int connections, Duration time)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "wrk",
                                "--threads",
                                "1",
                                "--connections",
                                Integer.toString(connections),
                                "--duration",
                                time.toSeconds() + "s",
                                "--latency"));
        token.ifPresent(
                shown -> command.addAll(List.of("--header", "Authorization: Bearer " + shown)));
        command.add(peer.url());
        return parse(Program.run(home, "wrk", command));
    }

    /// Loads a URL for a while with what a script of `wrk` says.
    static Load on(Path home, Path script, String url, int connections, Duration time)
            throws IOException, InterruptedException {
        return parse(
                Program.run(
                        home,
                        "wrk",
                        List.of(
                                "wrk",
                                "--threads",
                                "1",
                                "--connections",
                                Integer.toString(connections),
                                "--duration",
                                time.toSeconds() + "s",
                                "--latency",
                                "--timeout",
                                SLOWEST,
                                "--script",
                                script.toString(),
                                url)));
    }

    static Load parse(String printed) throws IOException {
        double[] quantiles = new double[100];
        Matcher quantile = QUANTILE.matcher(printed);
        while (quantile.find()) {
            quantiles[Integer.parseInt(quantile.group(1))] =
                    Double.parseDouble(quantile.group(2))
                            * switch (quantile.group(3)) {
                                case "us" -> 1;
                                case "ms" -> 1_000;
                                default -> 1_000_000;
                            };
        }
        long failures = 0;
        Matcher other = OTHER.matcher(printed);
        if (other.find()) {
            failures += Long.parseLong(other.group(1));
        }
        Matcher sockets = SOCKETS.matcher(printed);
        if (sockets.find()) {
            for (int i = 1; i <= sockets.groupCount(); i++) {
                failures += Long.parseLong(sockets.group(i));
            }
        }
        return new Load(
                (long) number(ANSWERED, printed),
                number(RATE, printed),
                quantiles[50],
                quantiles[99],
                failures);
    }

    private static double number(Pattern pattern, String printed) throws IOException {
        Matcher matcher = pattern.matcher(printed);
        if (!matcher.find()) {
            throw new IOException("wrk printed something else than expected: " + printed);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
