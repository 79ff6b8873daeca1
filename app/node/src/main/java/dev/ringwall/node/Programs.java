package dev.ringwall.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Starts the programs of services, each in its own data folder and with a log file of its own, and remembers them for the case that the
/// node is killed.
final class Programs {

    private final NodeSettings.Programs where;
    private final Orphans orphans;

    Programs(NodeSettings.Programs where, Orphans orphans) {
        this.where = where;
        this.orphans = orphans;
    }

    /// Starts one; it may take a while until it accepts connections.
    Program start(String service, List<String> words, Map<String, String> handed, int port)
            throws IOException {
        Path data = where.data().resolve(service);
        Files.createDirectories(data);
        Map<String, String> environment = new HashMap<>(handed);
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", Integer.toString(port));
        environment.put("DATA_DIR", data.toString());
        Program program =
                Program.start(
                        service,
                        JavaCommand.words(service, words, where.folder(), where.archives()),
                        where.folder(),
                        environment,
                        port,
                        log(service));
        orphans.remember(program.process().toHandle());
        return program;
    }

    /// Waits until it accepts connections.
    ///
    /// @throws IOException when it ended instead, or takes too long
    void awaitReady(Program program) throws IOException, InterruptedException {
        String name = "the service " + program.service();
        switch (program.awaitReady()) {
            case Program.Readiness.Ready() -> {}
            case Program.Readiness.Ended(int exitCode) ->
                    throw new IOException(
                            name
                                    + " ended with exit code "
                                    + exitCode
                                    + " instead of listening; its log says more: "
                                    + log(program.service()));
            case Program.Readiness.TooSlow() ->
                    throw new IOException(name + " does not listen on its PORT");
        }
    }

    private Path log(String service) {
        return where.logs().resolve(service + ".log");
    }
}
