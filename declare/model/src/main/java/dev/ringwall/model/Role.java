package dev.ringwall.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Somebody outside who may hold a token or a key.
///
/// @param session how long a login lasts at most
/// @param rotate  the greatest age of a key
/// @param from    the only networks that a key is accepted from; empty means anywhere
/// @param limits  what everyone who holds the role may use up, each by themselves
public record Role(
        String name,
        Login login,
        Mfa mfa,
        Duration session,
        Optional<Duration> rotate,
        List<Network> from,
        List<Limit> limits,
        Line line) {

    /// Used when the declaration does not say how long a login lasts.
    public static final Duration SESSION_DEFAULT = Duration.ofHours(8);

    public Role {
        from = List.copyOf(from);
        limits = List.copyOf(limits);
    }

    /// How holders of the role prove who they are.
    public enum Login {
        /// A person, by a page.
        PASSWORD("password"),
        /// A program, by a key that it sends with each call.
        API_KEY("api-key"),
        /// A program, by OAuth client credentials.
        CLIENT("client"),
        /// A person, by somebody else's identity provider.
        SSO("sso");

        private final String word;

        Login(String word) {
            this.word = word;
        }

        /// The word in the declaration.
        public String word() {
            return word;
        }

        /// Whether it is a person who signs in.
        public boolean forPeople() {
            return this == PASSWORD || this == SSO;
        }
    }

    /// When a second factor is asked for.
    public enum Mfa {
        NEVER,
        ALWAYS
    }
}
