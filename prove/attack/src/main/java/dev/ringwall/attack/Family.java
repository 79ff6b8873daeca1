package dev.ringwall.attack;

/// What a group of attacks is about, in the order of the report.
public enum Family {
    WHO_MAY("who may do what"),
    TOKENS("tokens"),
    KEYS("keys"),
    HEADERS("forged headers"),
    OWNERSHIP("somebody else's data"),
    ADMINISTRATION("administration"),
    ANSWERS("what answers show"),
    SERVICES("between services"),
    AROUND("around the sidecar"),
    DOOR("transport"),
    BROWSERS("browsers"),
    PATHS("paths and methods"),
    SHAPES("shapes of requests"),
    PARSER("malformed requests"),
    STREAMS("HTTP/2"),
    SLOW("slow callers"),
    PROTOCOLS("WebSocket and gRPC"),
    PROVIDER("signing in"),
    FACTORS("second factors"),
    ACCOUNTS("accounts and logins"),
    LETTERS("letters and registration"),
    CLIENTS("clients"),
    LIMITS("limits"),
    FLOODS("floods");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    /// The heading in reports.
    public String title() {
        return title;
    }

    /// Whether its attacks are played one after the other, when all others are over: they weigh on everything else. The next may
    /// begin while the one before only waits.
    boolean alone() {
        return this == LIMITS || this == FLOODS;
    }

    /// Whether its attacks spend most of their time waiting.
    boolean waits() {
        return this == SLOW;
    }
}
