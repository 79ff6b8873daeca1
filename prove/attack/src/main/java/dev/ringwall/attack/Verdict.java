package dev.ringwall.attack;

/// What an attack, or an allowed call, showed about the system.
public sealed interface Verdict {

    /// What was seen, in a few words without secrets.
    String seen();

    /// Whether the system did what the declaration says.
    default boolean held() {
        return this instanceof Held;
    }

    /// Whether nobody need look at it: it held, or somebody accepted that it does not.
    default boolean settled() {
        return this instanceof Held || this instanceof Accepted;
    }

    /// The stable word in reports: `got-through`.
    default String word() {
        return switch (this) {
            case Held _ -> "held";
            case GotThrough _ -> "got-through";
            case StoppedElsewhere _ -> "stopped-elsewhere";
            case WronglyRefused _ -> "wrongly-refused";
            case NotPlayed _ -> "not-played";
            case Accepted _ -> "accepted";
        };
    }

    /// The attack was stopped by the ring that should, or the allowed call passed.
    record Held(String seen) implements Verdict {}

    /// The attack succeeded.
    record GotThrough(String seen) implements Verdict {}

    /// The attack failed, but not by the control that it is aimed at, so that control is not shown to work.
    record StoppedElsewhere(String seen, String expected) implements Verdict {}

    /// A call that the declaration allows did not pass.
    record WronglyRefused(String seen) implements Verdict {}

    /// Nothing is known. It counts as not proved.
    record NotPlayed(String seen) implements Verdict {}

    /// It did not hold, and an accepted risk says that somebody knows.
    record Accepted(String seen, String by) implements Verdict {}
}
