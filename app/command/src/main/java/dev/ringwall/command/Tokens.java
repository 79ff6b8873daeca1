package dev.ringwall.command;

import dev.ringwall.attack.Credential;
import dev.ringwall.attack.LoginFlow;
import dev.ringwall.attack.SecondFactor;
import dev.ringwall.attack.Target;
import dev.ringwall.link.Json;
import dev.ringwall.link.OwnerFiles;
import dev.ringwall.model.Blueprint;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What goes into `Authorization: Bearer` for a role: a token from a real login, kept for a part of its life, or an API key.
final class Tokens {

    private static final Duration KEPT = Duration.ofMinutes(3);

    private Tokens() {}

    private record Kept(String token, Instant until) {
        @Override
        public String toString() {
            return "Kept[until " + until + "]";
        }
    }

    /// Of a role that shows nothing but a password, or is a program's.
    static String bearer(
            StateFolder state, OperatorClient control, Blueprint blueprint, String name) {
        return bearer(state, control, blueprint, name, SecondFactor.none());
    }

    /// @param second what is shown where the role says `mfa: always`
    static String bearer(
            StateFolder state,
            OperatorClient control,
            Blueprint blueprint,
            String name,
            SecondFactor second) {
        Role role = blueprint.declaration().roles().get(name);
        if (role == null) {
            throw Unusable.name("role", name, blueprint.declaration().roles().keySet());
        }
        Path file = state.operator().resolve("credentials").resolve(name + ".token.json");
        Instant now = InstantSource.system().instant();
        try {
            if (Files.exists(file)
                    && Json.read(Files.readAllBytes(file), Kept.class)
                            instanceof Json.Parsed.Value<Kept>(Kept kept)
                    && now.isBefore(kept.until())) {
                return kept.token();
            }
            String token =
                    fresh(
                            Targets.of(state, control, blueprint),
                            showing(new Credentials(control, state).of(role), second));
            OwnerFiles.write(file, Json.write(new Kept(token, now.plus(KEPT))));
            return token;
        } catch (IOException failed) {
            throw new Unusable("cannot log in as " + name + ": " + failed.getMessage(), failed);
        }
    }

    private static Credential showing(Credential credential, SecondFactor second) {
        return credential instanceof Credential.Password(String user, String password, _)
                ? new Credential.Password(user, password, second)
                : credential;
    }

    /// A token of a login that is made now.
    static String fresh(Target target, Credential credential) throws IOException {
        return switch (credential) {
            case Credential.Key(String text) -> text;
            case Credential.Token(String text) -> text;
            case Credential.Password password -> token(LoginFlow.at(target).signIn(password, ""));
            case Credential.Client client -> token(LoginFlow.at(target).clientCredentials(client));
        };
    }

    private static String token(LoginFlow.Outcome outcome) {
        return switch (outcome) {
            case LoginFlow.Outcome.Tokens tokens -> tokens.access();
            case LoginFlow.Outcome.Denied(String why) ->
                    throw new Unusable("the login was refused: " + why);
        };
    }
}
