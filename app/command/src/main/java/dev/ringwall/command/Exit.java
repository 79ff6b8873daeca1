package dev.ringwall.command;

/// What the exit code of a command means.
final class Exit {

    /// Fine.
    static final int FINE = 0;

    /// Findings, or something was refused.
    static final int FINDINGS = 1;

    /// The input cannot be used: an option, a file, a system that is not there.
    static final int UNUSABLE = 2;

    /// Our own fault.
    static final int OUR_FAULT = 70;

    private Exit() {}
}
