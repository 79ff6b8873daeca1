package dev.ringwall.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What was measured: medians of the rounds, with the least and the most of the processor time, and the ratio to nginx.
record Table(List<Row> rows) {

    static final String REFERENCE = "nginx";

    /// One peer.
    ///
    /// @param ratio of its processor time to that of nginx
    record Row(
            String name,
            String what,
            int rounds,
            double cpuMicros,
            double least,
            double most,
            double ratio,
            double perSecond,
            double p50Micros,
            double p99Micros) {}

    Table {
        rows = List.copyOf(rows);
    }

    static Table of(List<Round> rounds) {
        Map<Peer, List<Round>> byPeer = new LinkedHashMap<>();
        rounds.forEach(
                round -> byPeer.computeIfAbsent(round.peer(), _ -> new ArrayList<>()).add(round));
        double reference =
                byPeer.entrySet().stream()
                        .filter(each -> each.getKey().name().equals(REFERENCE))
                        .mapToDouble(each -> median(each.getValue(), Round::cpuMicros))
                        .findFirst()
                        .orElse(Double.NaN);
        List<Row> rows = new ArrayList<>();
        byPeer.forEach((peer, all) -> {
            double cpu = median(all, Round::cpuMicros);
            rows.add(
                    new Row(
                            peer.name(),
                            peer.what(),
                            all.size(),
                            cpu,
                            all.stream().mapToDouble(Round::cpuMicros).min().orElse(cpu),
                            all.stream().mapToDouble(Round::cpuMicros).max().orElse(cpu),
                            cpu / reference,
                            median(all, round -> round.load().perSecond()),
                            median(all, round -> round.load().p50Micros()),
                            median(all, round -> round.load().p99Micros())));
        });
        return new Table(rows);
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int width = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        line(
                text,
                width,
                "",
                "CPU µs/request",
                "least to most",
                "x nginx",
                "requests/s",
                "p50 ms",
                "p99 ms");
        for (Row row : rows) {
            line(
                    text,
                    width,
                    row.name(),
                    number(row.cpuMicros(), 1),
                    number(row.least(), 1) + " to " + number(row.most(), 1),
                    number(row.ratio(), 2),
                    number(row.perSecond(), 0),
                    number(row.p50Micros() / 1_000, 2),
                    number(row.p99Micros() / 1_000, 2));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, int width, String... cells) {
        text.append(
                        String.format(
                                        Locale.ROOT,
                                        "%-" + width + "s %14s  %14s  %7s  %10s  %7s  %7s",
                                        (Object[]) cells)
                                .stripTrailing())
                .append('\n');
    }

    String json() {
        List<String> all = new ArrayList<>();
        for (Row row : rows) {
            all.add(
                    """
                    {"name": "%s", "does": "%s", "rounds": %d, "cpuMicros": %s, "cpuMicrosLeast": %s, "cpuMicrosMost": %s, "ratioToNginx": %s, "requestsPerSecond": %s, "p50Micros": %s, "p99Micros": %s}\
                    """
                            .formatted(
                                    row.name(),
                                    row.what(),
                                    row.rounds(),
                                    number(row.cpuMicros(), 2),
                                    number(row.least(), 2),
                                    number(row.most(), 2),
                                    number(row.ratio(), 3),
                                    number(row.perSecond(), 0),
                                    number(row.p50Micros(), 0),
                                    number(row.p99Micros(), 0)));
        }
        return "[\n" + String.join(",\n", all) + "\n]\n";
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
