package dev.ringwall.reading;

import java.util.ArrayList;
import java.util.List;

/// Splits a command into words as a shell would, without any of a shell's powers.
///
/// Blanks part words; `'…'` keeps everything, `"…"` everything but `\"` and `\\`, and outside of quotes `\` keeps the next character.
final class CommandLine {

    /// The longest command, in characters.
    static final int LENGTH_MAX = 4_000;

    /// What a shell would act on, and what nobody acts on here.
    private static final String SHELL = "|&;<>()$`*?[]{}~#!";

    private CommandLine() {}

    /// What became of a command.
    sealed interface Split {
        /// At least one word.
        record Words(List<String> words) implements Split {}

        /// It cannot be split.
        record Bad(String expected, String remedy) implements Split {}
    }

    static Split split(String command) {
        if (command.length() > LENGTH_MAX) {
            return new Split.Bad("at most " + LENGTH_MAX + " characters", "put it into a script");
        }
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else if (c == '\\' && quote == '"' && escapes(command, i + 1)) {
                    word.append(command.charAt(++i));
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else if (SHELL.indexOf(c) >= 0) {
                return new Split.Bad(
                        "a command without a shell, where `" + c + "` has no meaning",
                        "put it in quotes, or put the line into a script; PORT and HOST are in the environment");
            } else if (c == '\\') {
                if (++i == command.length()) {
                    return new Split.Bad("something after \\", "take the \\ out");
                }
                word.append(command.charAt(i));
                inWord = true;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            return new Split.Bad("a closing " + quote, "close the quote");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return check(words);
    }

    private static boolean escapes(String command, int next) {
        return next < command.length()
                && (command.charAt(next) == '"' || command.charAt(next) == '\\');
    }

    private static Split check(List<String> words) {
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            return new Split.Bad("a command", "write it like `java -jar orders.jar`");
        }
        if (words.getFirst().contains("=")) {
            return new Split.Bad(
                    "a program first, not a variable",
                    "write `env " + words.getFirst() + " …` if it must be");
        }
        return new Split.Words(List.copyOf(words));
    }
}
