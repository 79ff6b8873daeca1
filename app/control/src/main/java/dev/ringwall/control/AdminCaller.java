package dev.ringwall.control;

import dev.ringwall.admin.Administrator;
import dev.ringwall.events.Actor;
import dev.ringwall.link.Json;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who administers, out of a transaction token that the sidecar has verified just now: its signature is not looked at again.
final class AdminCaller {

    private AdminCaller() {}

    /// @throws IllegalArgumentException when the text is no such token; the sidecar lets none of those through
    static Administrator read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3
                || !(Json.read(Base64.getUrlDecoder().decode(parts[1]), Object.class)
                        instanceof Json.Parsed.Value<Object>(Object said))
                || !(said instanceof Map<?, ?> claims)
                || !(claims.get("rctx") instanceof Map<?, ?> context)) {
            throw new IllegalArgumentException("no transaction token");
        }
        Actor.Kind kind =
                switch (String.valueOf(context.get("kind"))) {
                    case "person" -> Actor.Kind.PERSON;
                    case "key" -> Actor.Kind.KEY;
                    case "client" -> Actor.Kind.CLIENT;
                    case "service" -> Actor.Kind.SERVICE;
                    default -> Actor.Kind.STRANGER;
                };
        Actor actor =
                new Actor(
                        kind,
                        String.valueOf(claims.get("sub")),
                        texts(context.get("roles")),
                        String.valueOf(context.get("address")));
        return new Administrator(
                actor,
                kind == Actor.Kind.KEY
                        ? Optional.empty()
                        : Optional.of(Set.copyOf(texts(context.get("scopes")))));
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    }
}
