package dev.ringwall.audit;

import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.EventJson;
import dev.ringwall.events.Header;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.model.DataType;
import dev.ringwall.model.Line;
import dev.ringwall.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Events as tests need them.
final class Events {

    static final Instant AT = Instant.parse("2026-11-23T10:00:00.123456Z");

    private Events() {}

    static Header header(String node, String id, String request) {
        return new Header(id, AT, "shop", node, Optional.of(request), Optional.empty());
    }

    static String id(long number) {
        return String.format("01J9%022d", number);
    }

    /// An event that must be on the disk before it is answered for.
    static SecurityEvent firm(long number) {
        return new SecurityEvent.Administered(
                header("gateway", id(number), id(0)),
                AdminAct.KEY_CREATED,
                Actor.system(),
                "key" + number,
                Map.of());
    }

    /// An event that is nearly as large as one may be.
    static SecurityEvent large(long number) {
        String much = (number + " ").repeat(EventJson.EVENT_BYTES_MAX).substring(0, 15_000);
        return new SecurityEvent.Administered(
                header("gateway", id(number), id(0)),
                AdminAct.KEY_CREATED,
                Actor.system(),
                much,
                Map.of());
    }

    /// An event that is larger than any may be.
    static SecurityEvent huge() {
        String much = "x".repeat(EventJson.EVENT_BYTES_MAX);
        return new SecurityEvent.Administered(
                header("gateway", id(1), id(0)),
                AdminAct.KEY_CREATED,
                Actor.system(),
                much,
                Map.of());
    }

    /// A refusal, which is answered for when it is in the page cache.
    static SecurityEvent.CallDecided refusal(long number) {
        return refusal(number, "192.0.2.1", Reason.NOT_ALLOWED);
    }

    static SecurityEvent.CallDecided refusal(long number, String address, Reason reason) {
        return new SecurityEvent.CallDecided(
                header("gateway", id(number), id(number)),
                "gateway",
                Optional.of("orders.ship"),
                "POST",
                Actor.stranger(address),
                Optional.empty(),
                Optional.of(reason),
                List.of(new Line("ringwall.yaml", 33, 7)),
                List.of(),
                reason.status(),
                DataType.Sensitivity.INTERNAL,
                1);
    }
}
