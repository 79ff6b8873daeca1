package dev.ringwall.people;

import java.net.URI;
import java.util.regex.Pattern;

/// Whom passkeys are made for (WebAuthn Level 3 §5.1.2, §13.4.9): the host of the public door, and pages of that one origin.
///
/// @param id     the host; browsers make and use a passkey for it alone
/// @param origin scheme, host and port of the pages that may ask
/// @param there  whether browsers make passkeys for it: not where the door has an address in place of a name
public record RelyingParty(String id, String origin, boolean there) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");
    private static final int HTTPS = 443;

    /// That of a public door.
    public static RelyingParty at(URI door) {
        String host = door.getHost();
        boolean usual = door.getPort() < 0 || door.getPort() == HTTPS;
        return new RelyingParty(
                host,
                door.getScheme() + "://" + host + (usual ? "" : ":" + door.getPort()),
                !ADDRESS.matcher(host).matches());
    }
}
