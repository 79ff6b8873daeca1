package dev.ringwall.model;

import java.util.Collection;
import java.util.Optional;

/// Guesses which known name somebody meant who wrote an unknown one.
public final class Nearest {

    /// A longer word is not compared: the effort grows with the square of the length.
    public static final int LENGTH_MAX = 80;

    private Nearest() {}

    /// The known word that lies nearest, when it is near enough to be a slip; the first in order where two are equally near.
    public static Optional<String> to(String written, Collection<String> known) {
        String best = null;
        int bestDistance = tolerance(written) + 1;
        for (String candidate : known) {
            int distance = distance(written, candidate, bestDistance);
            if (distance < bestDistance
                    || (distance == bestDistance
                            && best != null
                            && candidate.compareTo(best) < 0)) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /// A sentence for the end of a remedy: did you mean `shopper`?, or what else may be written.
    public static String hint(String written, Collection<String> known, String otherwise) {
        return to(written, known).map(name -> "did you mean `" + name + "`?").orElse(otherwise);
    }

    private static int tolerance(String written) {
        return Math.clamp(written.length() / 3, 1, 3);
    }

    /// Edits (insert, delete, replace, swap of neighbours) from one word to the other; `beyond` stands for "that many or more".
    private static int distance(String from, String to, int beyond) {
        if (from.length() > LENGTH_MAX
                || to.length() > LENGTH_MAX
                || Math.abs(from.length() - to.length()) > beyond) {
            return beyond + 1;
        }
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replace = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int least =
                        Math.min(
                                edits[i - 1][j - 1] + replace,
                                1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    least = Math.min(least, edits[i - 2][j - 2] + 1);
                }
                edits[i][j] = least;
            }
        }
        return edits[from.length()][to.length()];
    }
}
