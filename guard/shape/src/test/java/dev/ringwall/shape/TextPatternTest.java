package dev.ringwall.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.ringwall.testkit.Seeds;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Patterns: the short way and the automaton come to the same, and no pattern is slow.
class TextPatternTest {

    private static final String[] PARTS = {
        "a", "b", "-", "\\.", "\\d", "\\w", "\\s", "[ab]", "[^a]", "[a-c-]", "[\\w.]", "[^@\\s]",
        "@", "[]a]", "1", "é", "."
    };

    private static final String[] QUANTITIES = {
        "", "", "", "*", "+", "?", "{2}", "{1,}", "{0,2}", "{1,2}", "+?"
    };

    private static final String[] LETTERS = {
        "a", "b", "c", "-", ".", "1", "@", " ", "\n", "é", "😀", "]", "_"
    };

    @Test
    void theShortWayComesToTheSameAsTheAutomaton() {
        int[] shortened = new int[1];
        Seeds.each(
                20_000,
                random -> {
                    StringBuilder pattern = new StringBuilder("^");
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        pattern.append(of(random, PARTS)).append(of(random, QUANTITIES));
                    }
                    pattern.append('$');
                    shortened[0] += CharacterRuns.of(pattern.toString()).isPresent() ? 1 : 0;
                    Pattern automaton = Pattern.compile(pattern.toString());
                    TextPattern ours = TextPattern.of(pattern.toString());
                    for (int i = 0; i < 20; i++) {
                        String text = text(random);
                        assertThat(ours.in(text))
                                .as("%s in '%s'", pattern, text)
                                .isEqualTo(automaton.matcher(text).find());
                    }
                });
        assertThat(shortened[0]).isGreaterThan(2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[a-z0-9-]{1,40}$",
                "^[0-9]{3,4}$",
                "^[^@\\s]+@[^@\\s]+$",
                "^[A-Z]{2}-\\d+$",
                "^\\w+\\.$"
            })
    void commonPatternsTakeTheShortWay(String pattern) {
        assertThat(CharacterRuns.of(pattern)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a-z]",
                "^a*a$",
                "^(a)$",
                "^a|b$",
                "^.$",
                "^a\\$",
                "^[a$",
                "^a{2$",
                "^\\x{61}$",
                "^\\b$",
                "^[[:alpha:]]$",
                "$",
                "^$"
            })
    void otherPatternsDoNot(String pattern) {
        assertThat(CharacterRuns.of(pattern)).isEmpty();
    }

    @Test
    void patternsThatTakeOthersForEverTakeNoTime() {
        String text = "a".repeat(20_000) + "!";
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> {
                    for (String pattern :
                            new String[] {"^(a+)+$", "^(a|a)*$", "(a*)*b", "^([a-z]+)*$"}) {
                        assertThat(TextPattern.of(pattern).in(text)).isFalse();
                    }
                });
    }

    @Test
    void whatLooksBackOrAroundIsNoPattern() {
        for (String pattern : new String[] {"(a)\\1", "(?=a)", "(?<!a)b", "(?>a)"}) {
            Assertions.assertThrows(PatternSyntaxException.class, () -> TextPattern.of(pattern));
        }
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(of(random, LETTERS));
        }
        return text.toString();
    }

    private static String of(RandomGenerator random, String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
