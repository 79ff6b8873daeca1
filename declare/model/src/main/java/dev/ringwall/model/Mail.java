package dev.ringwall.model;

import java.util.Optional;

/// How people are written to.
///
/// @param host   of a server that speaks SMTP with TLS (RFC 8314, RFC 3207): its certificate must be of this name
/// @param from   the address that letters come from
/// @param login  as whom the server is spoken to; empty where it asks nobody
/// @param secret the name of the secret that holds the password; there where `login` is
public record Mail(
        String host,
        int port,
        String from,
        Optional<String> login,
        Optional<String> secret,
        Line line) {

    /// Where TLS comes before the first word (RFC 8314 §3.3); everywhere else it comes by STARTTLS.
    public static final int PORT_TLS_FIRST = 465;

    /// Where nothing is said.
    public static final int PORT_DEFAULT = 587;
}
