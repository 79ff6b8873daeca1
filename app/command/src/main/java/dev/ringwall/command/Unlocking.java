package dev.ringwall.command;

import dev.ringwall.keys.UnlockSecret;
import dev.ringwall.link.OwnerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Where the secret that opens the certificate authority's key comes from: the environment variable `RINGWALL_UNLOCK`, or a file of this
/// user's that lies apart from the state folder, made at the first start.
final class Unlocking {

    private static final String VARIABLE = "RINGWALL_UNLOCK";
    private static final int NAME_BYTES = 6;

    private static final String NAME_FILE = "unlock.name";

    private Unlocking() {}

    static UnlockSecret secretFor(StateFolder state, String system) throws IOException {
        String told = System.getenv(VARIABLE);
        if (told != null) {
            try {
                return UnlockSecret.of(told);
            } catch (IllegalArgumentException unfit) {
                throw new Unusable(VARIABLE + ": " + unfit.getMessage(), unfit);
            }
        }
        return UnlockSecret.inFile(fileFor(state, system));
    }

    /// Deletes the secret of a state folder that is about to be deleted as well.
    static void forget(StateFolder state) throws IOException {
        Path named = state.path().resolve(NAME_FILE);
        if (Files.exists(named)) {
            Files.deleteIfExists(folder().resolve(Files.readString(named).strip()));
        }
    }

    private static Path fileFor(StateFolder state, String system) throws IOException {
        Path named = state.path().resolve(NAME_FILE);
        if (!Files.exists(named)) {
            byte[] bytes = new byte[NAME_BYTES];
            new SecureRandom().nextBytes(bytes);
            OwnerFiles.write(named, system + "-" + HexFormat.of().formatHex(bytes) + "\n");
        }
        return folder().resolve(Files.readString(named).strip());
    }

    private static Path folder() {
        String home = System.getenv("XDG_CONFIG_HOME");
        Path base =
                home == null ? Path.of(System.getProperty("user.home"), ".config") : Path.of(home);
        return base.resolve("ringwall").resolve("unlock");
    }
}
