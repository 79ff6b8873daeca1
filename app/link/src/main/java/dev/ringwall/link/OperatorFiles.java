package dev.ringwall.link;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.TrustRoot;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/// What lets the command line speak to a control plane: the operator's identity, the root, and where it answers. Files in a folder that
/// only their owner can read.
public record OperatorFiles(URI control, Identity identity, TrustRoot root) {

    private static final String IDENTITY = "operator.pem";
    private static final String ROOT = "root.pem";
    private static final String CONTROL = "control.url";

    /// Reads the files in that folder.
    public static OperatorFiles read(Path folder) throws IOException {
        try {
            return new OperatorFiles(
                    URI.create(Files.readString(folder.resolve(CONTROL)).strip()),
                    Identity.load(folder.resolve(IDENTITY)),
                    TrustRoot.parse(Files.readString(folder.resolve(ROOT))));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IOException(unusable.getMessage(), unusable);
        }
    }

    /// Writes them, each readable by its owner alone before there is anything in it.
    public void write(Path folder) throws IOException {
        identity.save(folder.resolve(IDENTITY));
        OwnerFiles.write(folder.resolve(ROOT), root.pem());
        OwnerFiles.write(folder.resolve(CONTROL), control + "\n");
    }
}
