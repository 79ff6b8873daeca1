package dev.ringwall.model;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the public door does that not every door does.
///
/// @param oldestTls the oldest version of TLS that is spoken
/// @param origins   the origins whose pages may call operations from browsers (`https://app.example.com`), each with its line
/// @param headers   headers that answers get, name in small letters → value
/// @param names     host names that it answers for, besides the domain
/// @param connectionsPerAddress how many connections one address may hold; a site of IPv6 (/64) is one address
/// @param accessTokens how access tokens are signed, which the door reads
/// @param mutualTls the host name at which it asks callers for a certificate (RFC 8705); empty where it asks nobody
public record Door(
        Tls oldestTls,
        Map<String, Line> origins,
        Map<String, String> headers,
        List<String> names,
        int connectionsPerAddress,
        Optional<String> mutualTls,
        DoorCertificate certificate,
        SigningAlgorithm accessTokens) {

    /// A tenth of what a gateway holds.
    public static final int CONNECTIONS_PER_ADDRESS_DEFAULT = 2_000;

    /// All that a gateway holds.
    public static final int CONNECTIONS_PER_ADDRESS_MAX = 20_000;

    /// Nothing but what every door does.
    public static final Door PLAIN =
            new Door(
                    Tls.TLS_1_3,
                    Map.of(),
                    Map.of(),
                    List.of(),
                    CONNECTIONS_PER_ADDRESS_DEFAULT,
                    Optional.empty(),
                    new DoorCertificate.Own(),
                    SigningAlgorithm.ES256);

    /// The headers of which a declaration may say what is in them: those that tell browsers to be careful.
    public static final List<String> HEADERS =
            List.of(
                    "content-security-policy",
                    "content-security-policy-report-only",
                    "cross-origin-embedder-policy",
                    "cross-origin-opener-policy",
                    "cross-origin-resource-policy",
                    "permissions-policy",
                    "referrer-policy",
                    "reporting-endpoints",
                    "strict-transport-security",
                    "x-frame-options");

    public Door {
        origins = Collections.unmodifiableMap(new TreeMap<>(origins));
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        names = List.copyOf(names);
    }

    /// All host names that it answers for, the domain first where there is one.
    public Set<String> served(Optional<String> domain) {
        Set<String> served = new LinkedHashSet<>();
        domain.ifPresent(served::add);
        served.addAll(names);
        mutualTls.ifPresent(served::add);
        return served;
    }

    /// A version of TLS.
    public enum Tls {
        TLS_1_2("tls1.2"),
        TLS_1_3("tls1.3");

        private final String word;

        Tls(String word) {
            this.word = word;
        }

        /// The word in the declaration.
        public String word() {
            return word;
        }
    }
}
