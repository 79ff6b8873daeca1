package dev.ringwall.audit;

import dev.ringwall.events.Actor;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.events.SecurityEvent.CallDecided;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// An event in one line, for whoever follows live: `2026-11-23T10:00:00.123456Z gateway 403 DENY orders.ship not-allowed …`.
public final class EventLine {

    private EventLine() {}

    /// The line, without a line feed and without anything that a terminal would obey.
    public static String of(SecurityEvent event) {
        return OneLine.of(event.header().at() + " " + event.header().node() + " " + what(event));
    }

    /// What happened, without when and where.
    static String what(SecurityEvent event) {
        return switch (event) {
            case CallDecided call -> call(call);
            case SecurityEvent.IdentityActed acted ->
                    word(acted.act()) + " " + caller(acted.who()) + details(acted.details());
            case SecurityEvent.Administered acted ->
                    word(acted.act())
                            + " "
                            + acted.subject()
                            + " by "
                            + caller(acted.who())
                            + details(acted.details());
            case SecurityEvent.AttackPlayed played ->
                    "attack "
                            + played.attack()
                            + (played.held() ? " " : " GOT THROUGH: ")
                            + played.outcome();
        };
    }

    /// Who it was: `person ana (shopper) from 192.0.2.1`.
    static String caller(Actor who) {
        String name =
                who.kind() == Actor.Kind.STRANGER
                        ? "a stranger"
                        : who.kind().word() + " " + who.id();
        String roles = who.roles().isEmpty() ? "" : " (" + String.join(", ", who.roles()) + ")";
        return name + roles + (who.address().equals("-") ? "" : " from " + who.address());
    }

    private static String call(CallDecided call) {
        String hop = call.hop().equals(call.header().node()) ? "" : call.hop() + " ";
        String verdict = call.reason().isPresent() ? " DENY " : " ALLOW ";
        String operation = call.operation().orElse("(no declared operation)");
        String reason = call.reason().map(Reason::word).map(word -> " " + word).orElse("");
        String times = call.times() > 1 ? " ×" + call.times() : "";
        String because =
                call.because().stream().map(Line::toString).collect(Collectors.joining(" "));
        String request = call.header().request().map(id -> " " + id).orElse("");
        return hop
                + call.status()
                + verdict
                + operation
                + reason
                + times
                + " "
                + caller(call.caller())
                + (because.isEmpty() ? "" : " " + because)
                + request;
    }

    private static String details(Map<String, String> details) {
        return details.entrySet().stream()
                .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining());
    }

    private static String word(Enum<?> act) {
        return act.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
