package dev.ringwall.identity;

import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// How the provider proves itself in TLS, and whom it believes.
///
/// @param trust   whom a handshake may end well with; a peer may also show no certificate
/// @param gateway whether the peer is the gateway, the only one that may pass on what callers ask
public record MutualTls(
        X509ExtendedKeyManager keys,
        X509ExtendedTrustManager trust,
        Predicate<X509Certificate> gateway) {}
