package dev.ringwall.model;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Somebody outside whom services may call. Nothing else outside is reachable.
public record ThirdParty(
        String name,
        URI url,
        Optional<Credential> credential,
        Map<String, Operation> operations,
        Optional<Contract> contract,
        Line line) {

    public ThirdParty {
        operations = Collections.unmodifiableMap(new LinkedHashMap<>(operations));
    }

    /// A secret that the sidecar adds on the way out, so that the service never holds it.
    ///
    /// @param secret the name of the secret, not its value
    public record Credential(String secret, Form form, Optional<Duration> rotate, Line line) {}

    /// How the credential is sent.
    public sealed interface Form {
        /// `Authorization: Bearer <secret>`.
        record Bearer() implements Form {}

        /// `Authorization: Basic <secret>`, the secret being `user:password`.
        record Basic() implements Form {}

        /// A header of this name that carries the secret alone.
        record Header(String name) implements Form {}
    }

    /// What was agreed with them, and when to look at it again.
    public record Contract(
            String role, Optional<String> agreement, Optional<LocalDate> review, Line line) {}
}
