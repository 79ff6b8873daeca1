package dev.ringwall.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which running system a command means.
final class SystemOption {

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description =
                    "State folder of the running system (default: the nearest .ringwall from here upwards, or the"
                            + " system that was started last).")
    private @Nullable Path state;

    /// Whether the user said which.
    boolean named() {
        return state != null;
    }

    /// Its state folder.
    StateFolder folder() {
        return StateFolder.find(Optional.ofNullable(state));
    }

    /// A connection to its control plane, with the operator's certificate.
    OperatorClient connect() {
        return OperatorClient.connect(folder().operator());
    }
}
