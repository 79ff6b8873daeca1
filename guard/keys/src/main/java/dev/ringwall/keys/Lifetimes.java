package dev.ringwall.keys;

import java.time.Duration;

/// How long certificates live. All are renewed at half of it.
///
/// @param identity  what programs show each other
/// @param door      what strangers see
/// @param documents what signs bundle and roster: a node that was switched off for longer must join anew
/// @param operator  what runs commands
public record Lifetimes(Duration identity, Duration door, Duration documents, Duration operator) {

    /// What a system runs with.
    public static final Lifetimes DEFAULT =
            new Lifetimes(
                    Duration.ofHours(1),
                    Duration.ofDays(60),
                    Duration.ofDays(90),
                    Duration.ofDays(30));

    /// The root. It outlives the system that it is made for, or is replaced by hand.
    static final Duration ROOT = Duration.ofDays(3652);

    /// The certificate that issues. The root's key is needed only when this one is made.
    static final Duration ISSUING = Duration.ofDays(730);

    /// Certificates start so much before they are made, for clocks that are behind.
    static final Duration BACKDATED = Duration.ofMinutes(1);

    /// The same, with programs' identities of another length.
    public Lifetimes withIdentity(Duration life) {
        return new Lifetimes(life, door, documents, operator);
    }
}
