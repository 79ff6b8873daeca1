package dev.ringwall.shape;

import com.google.re2j.Pattern;
import java.util.BitSet;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// `pattern`, in time linear to the text whatever the pattern is (RE2). The commonest form, one class of characters from beginning to end,
/// is a table.
sealed interface TextPattern {

    /// Whether the pattern occurs in the text.
    boolean in(String text);

    static TextPattern of(String pattern) {
        TextPattern run = Run.of(pattern);
        return run != null ? run : new Automaton(Pattern.compile(pattern));
    }

    /// Any pattern.
    record Automaton(Pattern pattern) implements TextPattern {
        @Override
        public boolean in(String text) {
            return pattern.matcher(text).find();
        }
    }

    /// `^[…]{m,n}$` with plain ASCII characters and ranges in it.
    record Run(BitSet characters, int min, int max) implements TextPattern {

        private static final java.util.regex.Pattern FORM =
                java.util.regex.Pattern.compile(
                        "\\^\\[([\\w .,:;@/-]+)\\](?:([+*])|\\{([0-9]{1,3})(?:(,)([0-9]{1,3})?)?\\})\\$");

        static @Nullable TextPattern of(String pattern) {
            java.util.regex.Matcher form = FORM.matcher(pattern);
            BitSet characters = form.matches() ? characters(form.group(1)) : null;
            if (characters == null) {
                return null;
            }
            MatchResult parts = form.toMatchResult();
            if (parts.group(2) != null) {
                int min = parts.group(2).equals("+") ? 1 : 0;
                return new Run(characters, min, Integer.MAX_VALUE);
            }
            int min = Integer.parseInt(parts.group(3));
            int max =
                    parts.group(4) == null
                            ? min
                            : parts.group(5) == null
                                    ? Integer.MAX_VALUE
                                    : Integer.parseInt(parts.group(5));
            return min <= max ? new Run(characters, min, max) : null;
        }

        private static @Nullable BitSet characters(String written) {
            BitSet characters = new BitSet(128);
            for (int i = 0; i < written.length(); i++) {
                char from = written.charAt(i);
                boolean range = i + 2 < written.length() && written.charAt(i + 1) == '-';
                char to = range ? written.charAt(i + 2) : from;
                if (from > to) {
                    return null;
                }
                characters.set(from, to + 1);
                i += range ? 2 : 0;
            }
            return characters;
        }

        @Override
        public boolean in(String text) {
            if (text.length() < min || text.length() > max) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                if (!characters.get(text.charAt(i))) {
                    return false;
                }
            }
            return true;
        }
    }
}
