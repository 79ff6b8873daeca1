package dev.ringwall.shape;

import com.google.re2j.Pattern;

/// `pattern`, in time linear to the text whatever the pattern is.
@FunctionalInterface
interface TextPattern {

    /// Whether the pattern occurs in the text.
    boolean in(String text);

    /// Compiles a pattern.
    ///
    /// @throws com.google.re2j.PatternSyntaxException when it is none; the reader of declarations refuses such
    static TextPattern of(String pattern) {
        Pattern automaton = Pattern.compile(pattern);
        TextPattern any = text -> automaton.matcher(text).find();
        return CharacterRuns.of(pattern)
                .<TextPattern>map(runs -> text -> runs.fits(text, any))
                .orElse(any);
    }
}
