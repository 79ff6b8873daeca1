package dev.ringwall.model;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Where the certificate comes from that strangers see at the door.
public sealed interface DoorCertificate {

    /// From the system's own authority, which strangers do not know.
    record Own() implements DoorCertificate {}

    /// From files on the gateway's machine, which somebody else renews.
    ///
    /// @param pairs the first is shown to who names no host, or none that one of them is for
    record Files(List<Pair> pairs) implements DoorCertificate {
        public Files {
            pairs = List.copyOf(pairs);
        }
    }

    /// A chain and its key.
    ///
    /// @param chain absolute path of the certificate and those above it, PEM
    /// @param key   absolute path of the private key, PEM
    record Pair(String chain, String key, Line line) {}

    /// From an authority that is asked for it (RFC 8555), for every host name of the door.
    ///
    /// @param directory where the authority's directory is
    /// @param contact   a mail address that the authority may write to
    /// @param agreed    whether the declaration agrees to the terms of the authority
    /// @param trust     absolute path, on the control plane's machine, of the roots by which the authority is known; empty for the public ones
    /// @param account   the account outside ACME that the authority wants to be shown; empty where it wants none
    record Acme(
            URI directory,
            Optional<String> contact,
            boolean agreed,
            Optional<String> trust,
            Optional<ExternalAccount> account,
            Line line)
            implements DoorCertificate {}

    /// An account that somebody has with the authority already (RFC 8555 §7.3.4).
    ///
    /// @param id     what the authority calls its key
    /// @param secret the name of the secret that holds the key
    record ExternalAccount(String id, String secret) {}
}
