package dev.ringwall.command;

import dev.ringwall.attack.Credential;
import dev.ringwall.link.Json;
import dev.ringwall.link.Operating;
import dev.ringwall.link.OwnerFiles;
import dev.ringwall.model.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The operator's own accounts, keys and clients, one for each role, made when they are first needed and remembered beside the operator's
/// certificate. They are what `call`, `token` and the demo act with.
final class Credentials {

    private final OperatorClient control;
    private final Path folder;

    Credentials(OperatorClient control, StateFolder state) {
        this.control = control;
        this.folder = state.operator().resolve("credentials");
    }

    /// What is remembered of one.
    record Remembered(String id, String secret) {
        @Override
        public String toString() {
            return "Remembered[" + id + "]";
        }
    }

    /// The operator's credential of that role.
    Credential of(Role role) {
        Remembered known = remembered(role);
        return switch (role.login()) {
            case PASSWORD -> new Credential.Password(known.id(), known.secret());
            case API_KEY -> new Credential.Key(known.secret());
            case CLIENT -> new Credential.Client(known.id(), known.secret());
            case SSO ->
                    throw new Unusable(
                            "`"
                                    + role.name()
                                    + "` logs in with somebody else's provider, which only a person can");
        };
    }

    private Remembered remembered(Role role) {
        Path file = folder.resolve(role.name() + ".json");
        try {
            if (Files.exists(file)
                    && Json.read(Files.readAllBytes(file), Remembered.class)
                            instanceof Json.Parsed.Value<Remembered>(Remembered known)) {
                return known;
            }
            Remembered made = fresh(control, role, "dev-" + role.name());
            OwnerFiles.write(file, Json.write(made));
            return made;
        } catch (IOException disk) {
            throw new Unusable(
                    "cannot keep the credential of " + role.name() + ": " + disk.getMessage(),
                    disk);
        }
    }

    /// Makes one of that role that nobody has yet.
    static Remembered fresh(OperatorClient control, Role role, String name) {
        return switch (role.login()) {
            case PASSWORD -> {
                Operating.CreatedAccount made =
                        control.post(
                                Operating.ACCOUNTS,
                                new Operating.NewAccount(name, List.of(role.name()), null),
                                Operating.CreatedAccount.class);
                yield new Remembered(
                        made.name(), Optional.ofNullable(made.password()).orElseThrow());
            }
            case API_KEY -> {
                Operating.CreatedKey made =
                        control.post(
                                Operating.KEYS,
                                new Operating.NewKey(role.name()),
                                Operating.CreatedKey.class);
                yield new Remembered(made.id(), made.key());
            }
            case CLIENT -> {
                Operating.CreatedClient made =
                        control.post(
                                Operating.CLIENTS,
                                new Operating.NewClient(role.name(), null),
                                Operating.CreatedClient.class);
                yield new Remembered(made.id(), Objects.requireNonNull(made.secret()));
            }
            case SSO ->
                    throw new Unusable(
                            "`" + role.name() + "` has no credential that can be made here");
        };
    }
}
