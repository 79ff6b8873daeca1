package dev.ringwall.model;

/// One difference in meaning between two declarations.
///
/// @param subject  what it is about: an operation, a role, a service, a third party or a kind of data
/// @param sentence what is different, for people: `shopper gains orders.read, which returns contact`
/// @param line     where the newer declaration says so, or the older one where the newer says nothing any more
public record Change(Direction direction, String subject, String sentence, Line line) {

    /// Which way it goes.
    public enum Direction {
        /// More may happen than before: look twice.
        LOOSER,
        /// Less may happen than before: somebody may miss it.
        TIGHTER,
        /// Something else happens, and neither can be said.
        OTHER
    }

    /// `+` looser, `-` tighter, `~` other, then the sentence and the place.
    @Override
    public String toString() {
        String sign =
                switch (direction) {
                    case LOOSER -> "+";
                    case TIGHTER -> "-";
                    case OTHER -> "~";
                };
        return sign + " " + sentence + "  " + line;
    }
}
