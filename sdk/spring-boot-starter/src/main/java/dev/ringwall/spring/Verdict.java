package dev.ringwall.spring;

/// What a [Gate] says about a request.
sealed interface Verdict {

    /// It goes on, as this call.
    record Proven(ProvenCall call) implements Verdict {}

    /// It ends here.
    ///
    /// @param reason a stable word
    /// @param detail a sentence for whoever operates the service; it tells a stranger nothing that helps
    record Refused(int status, String reason, String detail) implements Verdict {

        static final int UNAUTHORIZED = 401;
        static final int FORBIDDEN = 403;
        static final int UNAVAILABLE = 503;
    }
}
