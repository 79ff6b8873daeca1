package dev.ringwall.federation;

/// Carries the word for what is not right out to where it becomes a [Checked.Wrong].
final class Untrusted extends Exception {

    private static final long serialVersionUID = 1L;

    Untrusted(String why) {
        super(why);
    }

    Untrusted(String why, Throwable cause) {
        super(why, cause);
    }

    static void unless(boolean good, String why) throws Untrusted {
        if (!good) {
            throw new Untrusted(why);
        }
    }

    /// The word.
    String why() {
        return String.valueOf(getMessage());
    }
}
