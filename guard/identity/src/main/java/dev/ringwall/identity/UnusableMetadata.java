package dev.ringwall.identity;

/// What a program says of itself makes no client, and this is why.
final class UnusableMetadata extends Exception {

    private static final long serialVersionUID = 1L;

    private final String error;

    UnusableMetadata(String error, String why) {
        super(why, null, false, false);
        this.error = error;
    }

    static UnusableMetadata because(String why) {
        return new UnusableMetadata("invalid_client_metadata", why);
    }

    /// The word of RFC 7591 §3.2.2.
    String error() {
        return error;
    }

    /// For people to read.
    String why() {
        return String.valueOf(getMessage());
    }
}
