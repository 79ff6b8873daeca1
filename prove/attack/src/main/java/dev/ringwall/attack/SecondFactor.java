package dev.ringwall.attack;

import java.io.IOException;
import java.util.List;

/// What a person shows besides the password: one-time codes of an authenticator app (RFC 6238).
public interface SecondFactor {

    /// The code that is asked for. May wait until there is one that nobody has used.
    ///
    /// @throws IOException when there is none; the message says what to do
    String code() throws IOException;

    /// The provider wants an app added and shows its key. From now on [#code] gives codes of that key.
    ///
    /// @param key in base32, as people type it
    /// @throws IOException when none can be added; the message says what to do
    void add(String key) throws IOException;

    /// The provider shows recovery codes, this once.
    void keep(List<String> recoveryCodes) throws IOException;

    /// Nothing but the password is at hand.
    static SecondFactor none() {
        return new SecondFactor() {
            @Override
            public String code() throws IOException {
                throw new IOException(
                        "a code of an authenticator app is asked for, and none is at hand");
            }

            @Override
            public void add(String key) throws IOException {
                throw new IOException("an authenticator app must be added first");
            }

            @Override
            public void keep(List<String> recoveryCodes) {
                // There was no app to add.
            }
        };
    }
}
