package dev.ringwall.events;

import java.util.List;
import java.util.Locale;

/// Who acted, as far as it was proved.
///
/// @param id      account id, key id, client id, `service:orders`, or `-` where nobody was proved
/// @param roles   the roles that were proved
/// @param address the client's address as the first of our own hops saw it; `-` where there is none
public record Actor(Kind kind, String id, List<String> roles, String address) {

    /// What sort of caller it was.
    public enum Kind {
        /// Nobody was proved.
        STRANGER,
        PERSON,
        KEY,
        CLIENT,
        SERVICE,
        /// Whoever holds the operator's certificate.
        OPERATOR,
        /// Ringwall itself.
        SYSTEM;

        private final String word = name().toLowerCase(Locale.ROOT);

        /// The word in events: `person`.
        public String word() {
            return word;
        }
    }

    public Actor {
        roles = List.copyOf(roles);
    }

    /// Nobody was proved to be behind this address.
    public static Actor stranger(String address) {
        return new Actor(Kind.STRANGER, "-", List.of(), address);
    }

    /// Ringwall itself did it.
    public static Actor system() {
        return new Actor(Kind.SYSTEM, "ringwall", List.of(), "-");
    }
}
