package dev.ringwall.command;

import dev.ringwall.link.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A real Apache with `mod_auth_openidc` before a site of two pages and an interface, with a configuration of its own.
final class Apache implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/apache2");
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
    private static final int TRIES = 200;
    private static final long BETWEEN_TRIES_MILLIS = 50;

    private static final Path CONFIGURATION =
            Path.of("src", "test", "resources", "clients", "apache.conf");

    private final Process process;
    private final Path folder;
    private final int port;

    private Apache(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /// Says aloud what is missing.
    static boolean isInstalled() {
        boolean installed =
                Files.isExecutable(PROGRAM) && Files.exists(MODULES.resolve("mod_auth_openidc.so"));
        if (!installed) {
            System.err.println(
                    "LOUD: Apache or its mod_auth_openidc is not installed, so it is not tested as a client;"
                            + " `apt-get install apache2 libapache2-mod-auth-openidc` makes it so");
        }
        return installed;
    }

    /// @param root the certificate that the door's is issued under
    static Apache start(String door, Path root) throws IOException, InterruptedException {
        // not in a folder of the owner's alone: Apache's workers are somebody else
        Path folder =
                Files.createTempDirectory(
                        "ringwall-apache",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.copy(root, folder.resolve("root.pem"));
        for (String page : List.of("private", "bobs", "api")) {
            Files.createDirectories(folder.resolve("site").resolve(page));
            Files.writeString(
                    folder.resolve("site").resolve(page).resolve("index.html"), "for people");
        }
        int port = FreePorts.next();
        Path configuration =
                Files.writeString(
                        folder.resolve("apache.conf"),
                        Files.readString(CONFIGURATION)
                                .replace("@FOLDER@", folder.toString())
                                .replace("@PORT@", Integer.toString(port))
                                .replace("@MODULES@", MODULES.toString())
                                .replace("@DOOR@", door));
        Process process =
                new ProcessBuilder(
                                PROGRAM.toString(),
                                "-D",
                                "FOREGROUND",
                                "-f",
                                configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said.log").toFile())
                        .start();
        Apache apache = new Apache(process, folder, port);
        apache.awaitPort();
        return apache;
    }

    private void awaitPort() throws IOException, InterruptedException {
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(BETWEEN_TRIES_MILLIS);
            }
        }
        String said = complaints().orElse("nothing");
        close();
        throw new IOException("Apache does not listen; it said " + said);
    }

    String site() {
        return "http://127.0.0.1:" + port;
    }

    /// What stands in its log.
    Optional<String> complaints() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String log : List.of("said.log", "error.log")) {
            if (Files.exists(folder.resolve(log))) {
                all.append(Files.readString(folder.resolve(log)));
            }
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all.toString());
    }

    @Override
    public void close() throws IOException {
        process.destroy(); // the parent ends its workers
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        try (java.util.stream.Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
