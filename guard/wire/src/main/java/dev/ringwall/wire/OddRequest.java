package dev.ringwall.wire;

/// What a message says that no message may, or that two programs could read differently (RFC 9112 §11). Its text names what was found, and
/// holds nothing of what the sender wrote that could not stand in a log. It has no stack, and never leaves the connection that it was found
/// on: whoever holds that one turns it into a refusal.
public final class OddRequest extends RuntimeException {

    /// @param what what was found, as the log shall say it
    public OddRequest(String what) {
        super(what, null, false, false);
    }
}
