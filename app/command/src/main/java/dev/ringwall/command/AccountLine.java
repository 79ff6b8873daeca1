package dev.ringwall.command;

import dev.ringwall.link.Administering;
import dev.ringwall.link.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one account from one line of NDJSON: our own words, or a user as Keycloak exports it.
///
/// Ours: `{"name": "ana", "roles": ["clerk"], "password_hash": "$2b$…", "disabled": false}`. Of Keycloak's: `username`, `realmRoles`, `enabled`
/// and the credential of type `password`, by Argon2 or PBKDF2.
final class AccountLine {

    private static final Set<String> WORDS = Set.of("name", "roles", "password_hash", "disabled");

    private AccountLine() {}

    /// What a line is.
    sealed interface Read {
        /// An account.
        record Account(Administering.Newcomer newcomer) implements Read {}

        /// Nothing that can be used, and why.
        record Bad(String why) implements Read {}
    }

    /// @param given roles that each gets besides its own
    static Read json(String line, List<String> given) {
        Map<?, ?> said;
        try {
            said = object(line);
        } catch (IllegalArgumentException none) {
            return new Read.Bad("no JSON object: " + none.getMessage());
        }
        try {
            return new Read.Account(
                    said.containsKey("username") ? keycloak(said, given) : own(said, given));
        } catch (IllegalArgumentException bad) {
            return new Read.Bad(String.valueOf(bad.getMessage()));
        }
    }

    private static Map<?, ?> object(String text) {
        return switch (Json.read(text.getBytes(StandardCharsets.UTF_8), Map.class)) {
            case Json.Parsed.Value<?> value -> (Map<?, ?>) value.value();
            case Json.Parsed.Malformed<?> none -> throw new IllegalArgumentException(none.why());
        };
    }

    private static Administering.Newcomer own(Map<?, ?> said, List<String> given) {
        for (Object word : said.keySet()) {
            if (!(word instanceof String known) || !WORDS.contains(known)) {
                throw new IllegalArgumentException(
                        "`"
                                + word
                                + "` is no word here (expected: name, roles, password_hash, disabled)");
            }
        }
        return new Administering.Newcomer(
                text(said, "name"),
                roles(said.get("roles"), given),
                said.get("password_hash") == null ? null : text(said, "password_hash"),
                flag(said, "disabled", false));
    }

    private static Administering.Newcomer keycloak(Map<?, ?> said, List<String> given) {
        if (said.containsKey("serviceAccountClientId")) {
            throw new IllegalArgumentException(
                    "the account of a program (expected: a person; programs are `clients` of the declaration)");
        }
        return new Administering.Newcomer(
                text(said, "username"),
                given.isEmpty() ? roles(said.get("realmRoles"), given) : given,
                hash(said.get("credentials")),
                !flag(said, "enabled", true));
    }

    /// The hash in the form that others write: Keycloak keeps its parts as JSON within JSON.
    private static @Nullable String hash(@Nullable Object credentials) {
        if (!(credentials instanceof List<?> all)) {
            return null;
        }
        for (Object each : all) {
            if (each instanceof Map<?, ?> credential && "password".equals(credential.get("type"))) {
                return hash(inner(credential, "credentialData"), inner(credential, "secretData"));
            }
        }
        return null;
    }

    private static String hash(Map<?, ?> how, Map<?, ?> secret) {
        String algorithm = text(how, "algorithm");
        String salt = text(secret, "salt").replace("=", "");
        String value = text(secret, "value").replace("=", "");
        if (algorithm.equals("argon2")) {
            if (!(how.get("additionalParameters") instanceof Map<?, ?> parameters)) {
                throw new IllegalArgumentException("argon2 without additionalParameters");
            }
            return "$argon2%s$v=19$m=%s,t=%s,p=%s$%s$%s"
                    .formatted(
                            first(parameters, "type"),
                            first(parameters, "memory"),
                            String.valueOf(how.get("hashIterations")),
                            first(parameters, "parallelism"),
                            salt,
                            value);
        }
        String kind =
                switch (algorithm) {
                    case "pbkdf2" -> "sha1";
                    case "pbkdf2-sha256" -> "sha256";
                    case "pbkdf2-sha512" -> "sha512";
                    default ->
                            throw new IllegalArgumentException(
                                    "a password hashed by `"
                                            + algorithm
                                            + "` (expected: argon2, pbkdf2, pbkdf2-sha256 or pbkdf2-sha512)");
                };
        return "$pbkdf2-%s$i=%s$%s$%s".formatted(kind, how.get("hashIterations"), salt, value);
    }

    private static Map<?, ?> inner(Map<?, ?> credential, String name) {
        try {
            return object(text(credential, name));
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException(
                    name + " is no JSON object: " + none.getMessage(), none);
        }
    }

    private static String first(Map<?, ?> parameters, String name) {
        if (parameters.get(name) instanceof List<?> list && !list.isEmpty()) {
            return String.valueOf(list.getFirst());
        }
        throw new IllegalArgumentException("argon2 without `" + name + "`");
    }

    private static String text(Map<?, ?> said, String name) {
        if (said.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException("no `" + name + "` (expected: a text)");
    }

    private static boolean flag(Map<?, ?> said, String name, boolean absent) {
        return switch (said.get(name)) {
            case null -> absent;
            case Boolean flag -> flag;
            case Object other ->
                    throw new IllegalArgumentException(
                            "`" + name + "` is " + other + " (expected: true or false)");
        };
    }

    static List<String> roles(@Nullable Object said, List<String> given) {
        List<String> roles = new ArrayList<>(given);
        switch (said) {
            case null -> {}
            case List<?> list -> list.forEach(role -> roles.add(String.valueOf(role)));
            case Object other ->
                    throw new IllegalArgumentException(
                            "`roles` is " + other + " (expected: a list of names)");
        }
        return roles.stream().distinct().toList();
    }
}
