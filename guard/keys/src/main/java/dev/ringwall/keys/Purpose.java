package dev.ringwall.keys;

/// What a certificate may be used for. One that is for something else is not believed.
public enum Purpose {
    /// To answer as a TLS server.
    SERVER("1.3.6.1.5.5.7.3.1"),
    /// To call as a TLS client. The same certificate signs its holder's transaction tokens.
    CLIENT("1.3.6.1.5.5.7.3.2"),
    /// To sign the bundle and the roster (RFC 9336).
    DOCUMENTS("1.3.6.1.5.5.7.3.36");

    private final String oid;

    Purpose(String oid) {
        this.oid = oid;
    }

    /// The key purpose id in a certificate's extended key usage.
    String oid() {
        return oid;
    }
}
