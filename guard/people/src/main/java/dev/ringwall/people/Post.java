package dev.ringwall.people;

import java.io.IOException;

/// Carries letters to people.
public interface Post {

    /// Whether the declaration says how people are written to.
    boolean there();

    /// Hands the letter over; when this returns, somebody else answers for it.
    ///
    /// @throws IOException when nobody takes it now; it is tried again later
    void carry(Letter letter) throws IOException;
}
