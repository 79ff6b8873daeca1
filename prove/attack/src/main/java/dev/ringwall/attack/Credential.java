package dev.ringwall.attack;

/// How a legitimate caller proves who it is, as the operator handed it out. The prover turns it into what goes over the wire.
public sealed interface Credential {

    /// A person's account. The prover signs in on the real login page.
    ///
    /// @param second what is shown where the password is not enough
    record Password(String user, String password, SecondFactor second) implements Credential {

        /// An account with nothing but a password.
        public Password(String user, String password) {
            this(user, password, SecondFactor.none());
        }

        @Override
        public String toString() {
            return "Password[" + user + "]";
        }
    }

    /// An API key, complete, as it was shown once.
    record Key(String text) implements Credential {
        @Override
        public String toString() {
            return "Key[…]";
        }
    }

    /// An OAuth client of its own (client credentials, RFC 6749 §4.4).
    record Client(String id, String secret) implements Credential {
        @Override
        public String toString() {
            return "Client[" + id + "]";
        }
    }

    /// An access token that was obtained elsewhere.
    record Token(String text) implements Credential {
        @Override
        public String toString() {
            return "Token[…]";
        }
    }
}
