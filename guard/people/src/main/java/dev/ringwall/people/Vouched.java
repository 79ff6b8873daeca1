package dev.ringwall.people;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What an outside provider has said of a person, once everything about it was found to be right. Who it is, is the pair of issuer and
/// subject and nothing else: no address, no name.
///
/// @param provider the name of the provider here
/// @param sid      how the provider names its own login; empty where it does not
/// @param roles    those that its claims give
/// @param twice    whether it says that a second factor was shown, in words that count
/// @param since    when the person proved it there
/// @param called   what it calls the person, for people to read; may be anything
public record Vouched(
        String provider,
        String issuer,
        String subject,
        Optional<String> sid,
        Set<String> roles,
        boolean twice,
        Instant since,
        Optional<String> called) {

    /// The most that `sub` may have (OpenID Connect Core §2).
    public static final int SUBJECT_CHARACTERS_MAX = 255;

    public Vouched {
        roles = Collections.unmodifiableSet(new TreeSet<>(roles));
    }
}
