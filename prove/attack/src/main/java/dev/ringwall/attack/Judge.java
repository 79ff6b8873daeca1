package dev.ringwall.attack;

import dev.ringwall.model.Reason;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/// Says what follows from what was seen. Pure.
final class Judge {

    private Judge() {}

    static Verdict of(Expectation expected, Seen seen) {
        return switch (expected) {
            case Expectation.Passes(Set<Reason> also) -> allowed(also, seen);
            case Expectation.Stopped(Set<Reason> by, boolean orDropped) ->
                    attacked(by, orDropped, seen);
        };
    }

    private static Verdict allowed(Set<Reason> also, Seen seen) {
        return switch (seen) {
            case Seen.Answered(int status, String what) when refusedByService(status) ->
                    new Verdict.WronglyRefused("the service itself answered " + what);
            case Seen.Answered(_, String what) -> new Verdict.Held("passed: " + what);
            case Seen.Refused(Reason reason) when also.contains(reason) ->
                    new Verdict.Held("let in, then " + reason.word());
            case Seen.Refused(Reason reason) -> new Verdict.WronglyRefused(by(reason));
            case Seen.Dropped(String how) -> new Verdict.WronglyRefused(how);
            case Seen.Silence(String how) -> new Verdict.WronglyRefused(how);
            case Seen.Thwarted(String how) -> new Verdict.Held(how);
            case Seen.Yielded(String what) -> new Verdict.WronglyRefused(what);
        };
    }

    private static Verdict attacked(Set<Reason> by, boolean orDropped, Seen seen) {
        return switch (seen) {
            case Seen.Refused(Reason reason) when by.contains(reason) ->
                    new Verdict.Held(by(reason));
            case Seen.Refused(Reason reason) ->
                    new Verdict.StoppedElsewhere(by(reason), expected(by, orDropped));
            case Seen.Dropped(String how) when orDropped -> new Verdict.Held(how);
            case Seen.Dropped(String how) ->
                    new Verdict.StoppedElsewhere(how, expected(by, orDropped));
            case Seen.Answered(_, String what) -> new Verdict.GotThrough(what);
            case Seen.Silence(String how) ->
                    new Verdict.StoppedElsewhere(how, expected(by, orDropped));
            case Seen.Thwarted(String how) -> new Verdict.Held(how);
            case Seen.Yielded(String what) -> new Verdict.GotThrough(what);
        };
    }

    /// A service may well say that a thing does not exist; that it lets nobody in, or broke, is no pass.
    private static boolean refusedByService(int status) {
        return status == 401 || status == 403 || status >= 500;
    }

    private static String by(Reason reason) {
        return reason.word() + " (" + reason.ring().word() + ")";
    }

    private static String expected(Set<Reason> by, boolean orDropped) {
        String words =
                by.stream()
                        .sorted(Comparator.naturalOrder())
                        .map(Reason::word)
                        .collect(Collectors.joining(" or "));
        if (!orDropped) {
            return words;
        }
        return words.isEmpty() ? "a closed connection" : words + " or a closed connection";
    }
}
