package dev.ringwall.attack;

import java.util.Optional;

/// What a legitimate caller holds once it has proved who it is.
///
/// @param access  what goes behind `Authorization: Bearer`: an access token or an API key
/// @param token   whether that is a token
/// @param idToken what the provider told the client about the person
record Session(String access, boolean token, Optional<String> idToken) {

    @Override
    public String toString() {
        return "Session[…]";
    }
}
