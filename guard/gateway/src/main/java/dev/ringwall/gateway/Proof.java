package dev.ringwall.gateway;

import dev.ringwall.events.Actor;
import java.util.Optional;
import java.util.Set;

/// What a request proved about its caller.
sealed interface Proof {

    /// Somebody is proved, or it is proved that nobody claims to be anybody.
    ///
    /// @param actor    who calls, for events
    /// @param scopes   the operations that the credential was given for; empty where it does not say
    /// @param original the person or program outside on whose behalf a service calls
    record Proved(
            Actor actor,
            Optional<Set<String>> scopes,
            Optional<Actor> original,
            long expiresAtMillis)
            implements Proof {
        public Proved {
            scopes = scopes.map(Set::copyOf);
        }

        /// The same caller from another address.
        Proved at(String address) {
            return new Proved(
                    new Actor(actor.kind(), actor.id(), actor.roles(), address),
                    scopes,
                    original,
                    expiresAtMillis);
        }

        static Proved stranger(String address) {
            return new Proved(
                    Actor.stranger(address), Optional.empty(), Optional.empty(), Long.MAX_VALUE);
        }
    }

    /// What was presented is not good.
    record Unproved(Refusal refusal) implements Proof {}
}
