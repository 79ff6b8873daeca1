package dev.ringwall.gateway;

import dev.ringwall.model.Reason;
import dev.ringwall.model.Ring;
import java.util.List;

/// The ways to the next hop, tried one after the other until there is a connection. Lives on its connection's event loop.
final class Attempts {

    private final Passing passing;
    private int tried;

    Attempts(Passing passing) {
        this.passing = passing;
    }

    /// Connects by the next way that was not tried yet.
    void next() {
        Way way = ways().get(tried++);
        passing.client().pool().take(way, outcome -> taken(way, outcome));
    }

    private void taken(Way asked, Pool.Taken taken) {
        switch (taken) {
            case Pool.Taken.Ready(UpstreamHandler upstream) -> passing.connected(upstream);
            case Pool.Taken.Failed(String why) -> {
                passing.tools().roads().outliers().failed(asked);
                if (passing.awaitsAnswer() && tried < ways().size()) {
                    next();
                } else {
                    passing.refuse(Ring.FORWARD, new Passage.Refused(Reason.UNREACHABLE, why));
                }
            }
        }
    }

    /// The next hop was gone before it answered: once more where that can do no harm, by a fresh connection if it was a kept one that had
    /// died in the meantime, else by another way.
    boolean again(boolean kept) {
        List<Way> ways = ways();
        boolean another = tried < ways.size();
        if (!passing.awaitsAnswer()
                || !passing.exchange().repeatable()
                || !(kept || another)
                || !passing.tools().roads().retries().retry()) {
            return false;
        }
        if (another) {
            next();
        } else {
            tried = Integer.MAX_VALUE; // whatever comes of it, it is the last attempt
            Way last = ways.getLast();
            passing.client().pool().connect(last, outcome -> taken(last, outcome));
        }
        return true;
    }

    private List<Way> ways() {
        return passing.exchange().onward().ways();
    }
}
