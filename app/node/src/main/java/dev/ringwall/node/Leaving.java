package dev.ringwall.node;

import dev.ringwall.gateway.DataPlane;
import dev.ringwall.link.Messages;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a node goes without a call being lost: first it leaves the list that others call by, then it lets what is under way end; only then
/// may its programs stop.
final class Leaving {

    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

    /// A call that had its way before the list was a new one has left by then.
    private static final Duration LAST_CALLS = Duration.ofMillis(500);

    private final Links links;
    private final Places places;
    private final DataPlane plane;

    Leaving(Links links, Places places, DataPlane plane) {
        this.links = links;
        this.places = places;
        this.plane = plane;
    }

    /// Returns when nothing is under way any more, or has taken too long. Without a control plane nobody can be told, so what is under way
    /// is all that can be saved.
    void leave() {
        places.leave();
        if (links.own().leave()
                        instanceof
                        ControlLink.Reply.Answered<Messages.Left>(Messages.Left(List<String> left))
                && !left.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("services", String.join(", ", left))
                    .log("other instances take over");
            try {
                Thread.sleep(LAST_CALLS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
        plane.drain();
    }
}
