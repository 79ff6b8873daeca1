package dev.ringwall.federation;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a provider has signed of a person, and what was found to count here and now.
///
/// @param subject  who it is there; never without the issuer
/// @param sid      how it names its own login
/// @param authTime when the person proved it there, where it says so
/// @param expires  when the token is over
/// @param all      every claim by name
public record Claims(
        String issuer,
        String subject,
        Optional<String> sid,
        Optional<Instant> authTime,
        Instant expires,
        Map<String, Object> all) {
    public Claims {
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
    }

    /// A claim that is a text.
    public Optional<String> text(String name) {
        return all.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
