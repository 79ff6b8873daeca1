package dev.ringwall.attack;

import java.util.Optional;

/// Gives legitimate credentials, the way a user of the system would get them.
///
/// Each number of a role is somebody else: another account, another key. They belong to one run alone; limits are overrun with them and
/// passwords guessed, so no person's own account may be among them. Called from any thread, at most once for each role and number.
@FunctionalInterface
public interface Legitimacy {

    /// The credential of the `number`th holder of that role and of no other role; empty when there can be none.
    Optional<Credential> credential(String role, int number);
}
