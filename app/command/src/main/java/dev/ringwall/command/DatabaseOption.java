package dev.ringwall.command;

import dev.ringwall.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a control plane keeps its records.
final class DatabaseOption {

    private static final String VARIABLE = "RINGWALL_DATABASE_PASSWORD";

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "PostgreSQL for accounts, tokens and places: postgresql://USER@HOST:PORT/DATABASE (default: files in the"
                            + " state folder). Other machines are spoken to in TLS only; ?sslrootcert=FILE names whom to believe.")
    private @Nullable String address;

    @Option(
            names = "--database-password",
            paramLabel = "FILE",
            description =
                    "File with the password of the database (default: the environment's RINGWALL_DATABASE_PASSWORD).")
    private @Nullable Path passwordFile;

    /// The server; empty for files in the state folder.
    Optional<Database.Server> server() {
        if (address == null) {
            if (passwordFile != null) {
                throw new Unusable("--database-password is of no use without --database");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(Database.Server.at(address, Database.Password.of(password())));
        } catch (IllegalArgumentException unreadable) {
            throw new Unusable("--database: " + unreadable.getMessage(), unreadable);
        }
    }

    private String password() {
        if (passwordFile != null) {
            try {
                return Files.readString(passwordFile).strip();
            } catch (IOException unreadable) {
                throw new Unusable(Unusable.reading(unreadable), unreadable);
            }
        }
        String told = System.getenv(VARIABLE);
        if (told == null) {
            throw new Unusable(
                    "no password for the database (expected: the environment's "
                            + VARIABLE
                            + ", or --database-password FILE)");
        }
        return told;
    }
}
