package dev.ringwall.attack;

/// Which of a role's numbered holders is used for what, so that one attack does not spend what another needs.
final class Accounts {

    /// Calls what may be called, and owns what it makes.
    static final int ORDINARY = 0;

    /// Wants what the ordinary one owns.
    static final int OTHER = 1;

    /// Signs in again and again, and loses its sessions.
    static final int SIGNING_IN = 2;

    /// Has its password guessed.
    static final int GUESSED = 3;

    /// Sends what has another shape than declared.
    static final int MISSHAPEN = 4;

    /// Sends more bytes than it may.
    static final int SENDING = 5;

    /// Begins more at once than it may.
    static final int HOLDING = 6;

    /// From here on, one for each limit of calls that is overrun, or two.
    static final int SPENT = 7;

    /// From here on, one for each attack that wants an account for itself.
    static final int OWN = 1_000;

    private Accounts() {}
}
