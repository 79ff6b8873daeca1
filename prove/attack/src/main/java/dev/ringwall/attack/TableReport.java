package dev.ringwall.attack;

import java.util.List;
import java.util.function.Predicate;

/// Writes a report for people.
final class TableReport {

    private TableReport() {}

    static String render(Report report) {
        StringBuilder text = new StringBuilder();
        int nameWidth = width(report.results());
        List<Result> open = report.open();
        if (!open.isEmpty()) {
            text.append("NOT PROVED\n");
            for (Result result : open) {
                row(text, result, nameWidth);
                text.append("      ").append(result.story()).append('\n');
                result.request()
                        .ifPresent(request -> text.append("      ").append(request).append('\n'));
            }
            text.append('\n');
        }
        for (Family family : Family.values()) {
            List<Result> group =
                    report.results().stream().filter(result -> result.family() == family).toList();
            if (group.isEmpty()) {
                continue;
            }
            long held = group.stream().filter(result -> result.verdict().held()).count();
            text.append(family.title())
                    .append("  ")
                    .append(held)
                    .append(" of ")
                    .append(group.size())
                    .append('\n');
            group.forEach(result -> row(text, result, nameWidth));
        }
        return text.append('\n').append(summary(report)).toString();
    }

    static String summary(Report report) {
        long attacks = count(report, Result::hostile);
        long stopped = count(report, result -> result.hostile() && result.verdict().held());
        long allowed = report.results().size() - attacks;
        long passed = count(report, result -> !result.hostile() && result.verdict().held());
        long accepted = count(report, result -> result.verdict() instanceof Verdict.Accepted);
        StringBuilder text = new StringBuilder();
        text.append("attacks ").append(attacks).append("   stopped ").append(stopped);
        if (stopped == attacks) {
            text.append("   each by the ring that should");
        }
        text.append("\nallowed ").append(allowed).append("   passed ").append(passed);
        if (accepted > 0) {
            text.append("\naccepted ").append(accepted);
        }
        return text.append('\n').toString();
    }

    private static void row(StringBuilder text, Result result, int nameWidth) {
        String seen =
                switch (result.verdict()) {
                    case Verdict.Held held -> held.seen();
                    case Verdict.GotThrough through -> "GOT THROUGH: " + through.seen();
                    case Verdict.StoppedElsewhere elsewhere ->
                            "STOPPED, BUT BY "
                                    + elsewhere.seen()
                                    + ", expected "
                                    + elsewhere.expected();
                    case Verdict.WronglyRefused refused -> "WRONGLY REFUSED: " + refused.seen();
                    case Verdict.NotPlayed not -> "NOT PLAYED: " + not.seen();
                    case Verdict.Accepted accepted ->
                            "accepted by " + accepted.by() + " (" + accepted.seen() + ")";
                };
        text.append(result.verdict().held() ? "  √ " : "  × ")
                .append(result.name())
                .append(" ".repeat(nameWidth - result.name().length() + 2))
                .append(seen)
                .append("  ")
                .append(result.line())
                .append('\n');
    }

    private static int width(List<Result> results) {
        return results.stream().mapToInt(result -> result.name().length()).max().orElse(0);
    }

    private static long count(Report report, Predicate<Result> what) {
        return report.results().stream().filter(what).count();
    }
}
