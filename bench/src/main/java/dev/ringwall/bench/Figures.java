package dev.ringwall.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was measured of several candidates, figure by figure: medians of the rounds with the least and the most, and what the first candidate
/// takes beside the others.
final class Figures {

    /// One figure of one candidate in all rounds.
    private record Series(String figure, String unit, String candidate, List<Double> values) {
        double median() {
            double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }

        double least() {
            return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        }

        double most() {
            return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        }
    }

    private final Map<String, Series> all = new LinkedHashMap<>();

    /// Takes one value of one round down.
    void add(String figure, String unit, String candidate, double value) {
        all.computeIfAbsent(
                        figure + "\n" + candidate,
                        _ -> new Series(figure, unit, candidate, new ArrayList<>()))
                .values()
                .add(value);
    }

    private List<Series> byFigure() {
        List<String> figures = all.values().stream().map(Series::figure).distinct().toList();
        return all.values().stream()
                .sorted(Comparator.comparingInt(each -> figures.indexOf(each.figure())))
                .toList();
    }

    /// What of this figure the first candidate takes, as a part of what this one takes.
    private double firstBeside(Series series) {
        Series first =
                all.values().stream()
                        .filter(each -> each.figure().equals(series.figure()))
                        .findFirst()
                        .orElse(series);
        return first.median() / series.median();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        String figure = "";
        for (Series series : byFigure()) {
            if (!series.figure().equals(figure)) {
                figure = series.figure();
                text.append(figure).append(", ").append(series.unit()).append('\n');
            }
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %-26s %10.2f   %s   first / this %.2f%n",
                            series.candidate(),
                            series.median(),
                            String.format(
                                    Locale.ROOT, "%.2f to %.2f", series.least(), series.most()),
                            firstBeside(series)));
        }
        return text.toString();
    }

    String json() {
        List<String> lines = new ArrayList<>();
        for (Series series : byFigure()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "{\"figure\": \"%s\", \"unit\": \"%s\", \"of\": \"%s\", \"rounds\": %d, \"median\": %.3f, \"least\": %.3f, \"most\": %.3f, \"firstBesideThis\": %.3f}",
                            series.figure(),
                            series.unit(),
                            series.candidate(),
                            series.values().size(),
                            series.median(),
                            series.least(),
                            series.most(),
                            firstBeside(series)));
        }
        return "[\n" + String.join(",\n", lines) + "\n]\n";
    }
}
