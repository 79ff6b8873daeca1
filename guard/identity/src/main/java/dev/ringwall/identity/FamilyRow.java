package dev.ringwall.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// All that was bought with one authorization, as it stands in the database: a code, the access tokens and the one refresh token that
/// is good. Tokens are hashes.
///
/// @param version grows with each change, so that of two who use the same code or refresh token at once only one gets through
/// @param account empty for machine clients
/// @param asked   the scopes that were asked for; what they are worth is looked up when it matters
/// @param live    access tokens whose time may not be up
record FamilyRow(
        String id,
        long version,
        String client,
        @Nullable String account,
        @Nullable String sid,
        String grant,
        Set<String> asked,
        @Nullable Request request,
        @Nullable Token code,
        @Nullable Token access,
        @Nullable Token refresh,
        Map<String, Object> claims,
        List<Live> live) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    FamilyRow {
        asked = Set.copyOf(asked);
        claims = Map.copyOf(claims);
        live = List.copyOf(live);
    }

    /// What the authorization request said that matters later.
    record Request(String redirect, @Nullable String state, Map<String, Object> parameters) {}

    /// A code or a token.
    record Token(String hash, Instant issued, Instant expires, boolean invalidated) {}

    /// An access token that may still be good.
    record Live(String jti, Instant until) {}

    static FamilyRow read(String json) {
        return JSON.readValue(json, FamilyRow.class);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    /// When nothing of it is worth anything any more.
    Instant expires() {
        return Stream.of(code, access, refresh)
                .filter(java.util.Objects::nonNull)
                .map(Token::expires)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    static @Nullable String hash(@Nullable Token token) {
        return token == null ? null : token.hash();
    }

    static boolean dead(@Nullable Token token) {
        return token != null && token.invalidated();
    }
}
