package dev.ringwall.control;

import dev.ringwall.events.AdminAct;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/// Keeps whoever guesses join tokens from asking often, and from filling the log with refusals.
///
/// From one address, the first [#REFUSALS_PER_WINDOW] refusals in a [#WINDOW] are recorded one by one; after them it is answered nothing
/// but "too many" until the window is over, and how often that was becomes one event. Where more than [#ADDRESSES_MAX] addresses are
/// refused at a time, further ones share one count. Thread-safe.
final class JoinDoor {

    /// How many refusals an address gets in a window.
    static final int REFUSALS_PER_WINDOW = 10;

    /// How long a window is.
    static final Duration WINDOW = Duration.ofMinutes(1);

    /// How many addresses are counted apart.
    static final int ADDRESSES_MAX = 1_000;

    private static final String OTHERS = "others";

    private final Journal journal;
    private final InstantSource clock;
    private final Map<String, Window> windows = new HashMap<>();

    private static final class Window {
        private final Instant ends;
        private int refused;
        private long turnedAway;

        private Window(Instant ends) {
            this.ends = ends;
        }
    }

    JoinDoor(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /// Whether an address has been refused too often; being turned away is counted.
    synchronized boolean turnsAway(String address) {
        writeOut();
        Window window = windows.get(key(address));
        if (window == null || window.refused < REFUSALS_PER_WINDOW) {
            return false;
        }
        window.turnedAway++;
        return true;
    }

    /// An address was refused, for this reason.
    synchronized void refused(String address, String token, String why) {
        windows.computeIfAbsent(key(address), _ -> new Window(clock.instant().plus(WINDOW)))
                .refused++;
        journal.administered(
                AdminAct.NODE_REFUSED,
                "join",
                Map.of("token", token, "why", why, "address", address));
    }

    private String key(String address) {
        return windows.containsKey(address) || windows.size() < ADDRESSES_MAX ? address : OTHERS;
    }

    /// Records how often somebody was turned away in windows that are over, and forgets those.
    synchronized void writeOut() {
        Instant now = clock.instant();
        Iterator<Map.Entry<String, Window>> all = windows.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Window> each = all.next();
            Window window = each.getValue();
            if (!window.ends.isAfter(now)) {
                if (window.turnedAway > 0) {
                    journal.administered(
                            AdminAct.NODE_REFUSED,
                            "join",
                            Map.of(
                                    "why",
                                    "too many refusals before",
                                    "address",
                                    each.getKey(),
                                    "times",
                                    Long.toString(window.turnedAway)));
                }
                all.remove();
            }
        }
    }
}
