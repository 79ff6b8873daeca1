package dev.ringwall.model;

import dev.ringwall.model.Client.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which programs may register themselves as clients (RFC 7591), and what such a client may be and do at most. Where a declaration says
/// nothing of it, none may.
///
/// @param mode    who may register one: whoever holds an invitation of the operator, or everybody; never `CLOSED`
/// @param kinds   what they may be, each with its line
/// @param roles   the only roles whose rights their tokens carry, each with its line
/// @param claims  what they may ask for of people beyond who they are, each with its line
/// @param signedWith what, besides ES256, their ID tokens may be signed with, each with its line
/// @param keysFrom the only origins at which their key sets are fetched (`https://keys.example.com`), each with its line
/// @param atMost  how many may be there at once
/// @param unused  a client that gets no token for so long is no more
public record ClientRegistration(
        Registration.Mode mode,
        Map<Kind, Line> kinds,
        Map<String, Line> roles,
        Map<PersonalScope, Line> claims,
        Map<SigningAlgorithm, Line> signedWith,
        Map<String, Line> keysFrom,
        int atMost,
        Duration unused,
        Line line) {

    /// Where nothing is said.
    public static final int AT_MOST_DEFAULT = 100;

    /// The most that can be said.
    public static final int AT_MOST_MAX = 100_000;

    /// Where nothing is said.
    public static final Duration UNUSED_DEFAULT = Duration.ofDays(90);

    public ClientRegistration {
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        keysFrom = Collections.unmodifiableMap(new LinkedHashMap<>(keysFrom));
        signedWith = Collections.unmodifiableMap(new LinkedHashMap<>(signedWith));
    }
}
