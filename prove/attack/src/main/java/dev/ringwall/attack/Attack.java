package dev.ringwall.attack;

import dev.ringwall.model.Line;
import java.io.IOException;

/// One thing to try on the running system, derived from the declaration.
///
/// @param name     stable and unique, `orders.ship/as-shopper`
/// @param story    one sentence for the report
/// @param line     the line of the declaration that says how it must end
/// @param expected how it must end
/// @param play     does it
record Attack(
        String name, Family family, String story, Line line, Expectation expected, Play play) {

    /// Does it over the network.
    @FunctionalInterface
    interface Play {
        Seen on(Scene scene) throws IOException, NotPlayable;
    }
}
