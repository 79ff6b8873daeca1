package dev.ringwall.shape;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// The commonest patterns, such as `^[A-Z]{2}-[0-9]+$`: runs of characters from beginning to end, without a choice. They are matched by one
/// walk over the text, many times faster than by an automaton.
///
/// A run takes as much as it can. That is right only where none of its characters could begin what follows; other patterns are none of
/// these.
final class CharacterRuns {

    /// Some characters of one kind after each other.
    record Run(BitSet characters, int min, int max) {}

    private static final int ASCII = 128;

    private final List<Run> runs;

    private CharacterRuns(List<Run> runs) {
        this.runs = List.copyOf(runs);
    }

    /// The pattern as runs; empty when it is more than that.
    static Optional<CharacterRuns> of(String pattern) {
        return RunReader.read(pattern).filter(CharacterRuns::withoutChoice).map(CharacterRuns::new);
    }

    /// Whether the text is of these runs.
    ///
    /// @param otherwise decides about texts with other than ASCII characters
    boolean fits(String text, TextPattern otherwise) {
        int at = 0;
        boolean good = true;
        for (Run run : runs) {
            int end = at;
            while (end < text.length()
                    && end - at < run.max()
                    && run.characters().get(text.charAt(end))) {
                end++;
            }
            if (end - at < run.min()) {
                good = false;
                break;
            }
            at = end;
        }
        return (good && at == text.length()) || (other(text) && otherwise.in(text));
    }

    private static boolean other(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII) {
                return true;
            }
        }
        return false;
    }

    private static boolean withoutChoice(List<Run> runs) {
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            for (int next = i + 1; run.min() < run.max() && next < runs.size(); next++) {
                if (run.characters().intersects(runs.get(next).characters())) {
                    return false;
                }
                if (runs.get(next).min() > 0) {
                    break;
                }
            }
        }
        return true;
    }

    /// Reads a pattern once, from beginning to end.
    private static final class RunReader {

        private static final String SPECIAL = ".*+?()|[]{}^$\\";
        private static final String COUNT = "\\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\\}";
        private static final java.util.regex.Pattern QUANTITY =
                java.util.regex.Pattern.compile("[*+?]|" + COUNT);

        private final String pattern;
        private final int end;
        private int at = 1;

        private RunReader(String pattern) {
            this.pattern = pattern;
            this.end = pattern.length() - 1;
        }

        static Optional<List<Run>> read(String pattern) {
            boolean whole =
                    pattern.length() > 2 && pattern.startsWith("^") && pattern.endsWith("$");
            return whole ? new RunReader(pattern).runs() : Optional.empty();
        }

        private Optional<List<Run>> runs() {
            List<Run> runs = new ArrayList<>();
            while (at < end) {
                Optional<BitSet> characters = characters();
                if (characters.isEmpty() || at > end) {
                    return Optional.empty();
                }
                Optional<Run> run = quantified(characters.get());
                if (run.isEmpty()) {
                    return Optional.empty();
                }
                runs.add(run.get());
            }
            return Optional.of(runs);
        }

        private Optional<BitSet> characters() {
            char c = pattern.charAt(at);
            if (c == '[') {
                return set();
            }
            if (c == '\\') {
                return escape();
            }
            at++;
            return c >= ASCII || SPECIAL.indexOf(c) >= 0
                    ? Optional.empty()
                    : Optional.of(only(c, c));
        }

        private Optional<BitSet> escape() {
            char c = pattern.charAt(at + 1);
            at += 2;
            BitSet all = new BitSet(ASCII);
            switch (c) {
                case 'd' -> all.or(only('0', '9'));
                case 'w' -> {
                    all.or(only('0', '9'));
                    all.or(only('A', 'Z'));
                    all.or(only('a', 'z'));
                    all.set('_');
                }
                case 's' -> "\t\n\f\r ".chars().forEach(all::set);
                default -> {
                    if (c >= ASCII || Formats.letterOrDigit(c)) {
                        return Optional.empty();
                    }
                    all.set(c);
                }
            }
            return Optional.of(all);
        }

        private Optional<BitSet> set() {
            boolean negated = pattern.charAt(++at) == '^';
            at += negated ? 1 : 0;
            BitSet all = new BitSet(ASCII);
            int begin = at;
            while (at < end && (pattern.charAt(at) != ']' || at == begin)) {
                if (pattern.charAt(at) == '\\') {
                    Optional<BitSet> escape = escape();
                    if (escape.isEmpty() || pattern.charAt(at) == '-') {
                        return Optional.empty();
                    }
                    all.or(escape.get());
                    continue;
                }
                char from = pattern.charAt(at++);
                boolean range = pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
                char to = range ? pattern.charAt(at + 1) : from;
                at += range ? 2 : 0;
                boolean odd = from == '[' || to == '[' || to == '\\' || (range && to == '-');
                if (odd || from > to || to >= ASCII) {
                    return Optional.empty();
                }
                all.or(only(from, to));
            }
            at++;
            if (negated) {
                all.flip(0, ASCII);
            }
            return Optional.of(all);
        }

        private Optional<Run> quantified(BitSet characters) {
            java.util.regex.Matcher quantity = QUANTITY.matcher(pattern).region(at, end);
            if (!quantity.lookingAt()) {
                return Optional.of(new Run(characters, 1, 1));
            }
            at = quantity.end();
            if (at < end && "*+?{".indexOf(pattern.charAt(at)) >= 0) {
                return Optional.empty();
            }
            int most = Integer.MAX_VALUE;
            return switch (quantity.group().charAt(0)) {
                case '*' -> Optional.of(new Run(characters, 0, most));
                case '+' -> Optional.of(new Run(characters, 1, most));
                case '?' -> Optional.of(new Run(characters, 0, 1));
                default -> {
                    int min = Integer.parseInt(quantity.group(1));
                    int max =
                            quantity.group(2) == null
                                    ? min
                                    : quantity.group(3) == null
                                            ? most
                                            : Integer.parseInt(quantity.group(3));
                    yield min > max ? Optional.empty() : Optional.of(new Run(characters, min, max));
                }
            };
        }

        private static BitSet only(char from, char to) {
            BitSet characters = new BitSet(ASCII);
            characters.set(from, to + 1);
            return characters;
        }
    }
}
