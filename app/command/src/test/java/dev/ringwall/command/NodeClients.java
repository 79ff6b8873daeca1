package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs the clients that others wrote for Node, which `npm ci` puts beside our build as their lock file says.
final class NodeClients {

    private static final Path SOURCES = Path.of("src", "test", "resources");
    private static final Path FOLDERS = Path.of("target").toAbsolutePath();
    private static final int NODE_MAJOR_MIN = 20;
    private static final long PATIENCE_SECONDS = 240;

    private NodeClients() {}

    /// Says aloud what is missing.
    static boolean areInstallable() throws IOException, InterruptedException {
        try {
            String version = said(Path.of("."), Map.of(), "node", "--version").strip();
            said(Path.of("."), Map.of(), "npm", "--version");
            if (Integer.parseInt(version.substring(1).split("\\.", -1)[0]) >= NODE_MAJOR_MIN) {
                return true;
            }
            System.err.println(
                    "LOUD: node is "
                            + version
                            + ", so no independent client of npm is tested; they need 20 or newer");
        } catch (IOException missing) {
            System.err.println(
                    "LOUD: node or npm is not installed, so no independent client of npm is tested; `apt-get install nodejs npm` makes it so");
        }
        return false;
    }

    /// Puts the scripts and what they need into `target/clients`.
    static Path install() throws IOException, InterruptedException {
        return install("clients");
    }

    /// Puts what lies in that folder, and what it needs, into a folder of the same name below `target`: one process after the other, and
    /// who comes later finds it done and changes nothing that others read.
    static Path install(String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(FOLDERS.resolve(name));
        try (FileChannel lock =
                        FileChannel.open(
                                FOLDERS.resolve(name + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock _ = lock.lock()) {
            put(SOURCES.resolve(name), folder);
        }
        return folder;
    }

    private static void put(Path sources, Path folder) throws IOException, InterruptedException {
        boolean sameLock =
                Files.exists(folder.resolve("node_modules/.package-lock.json"))
                        && Files.exists(folder.resolve("package-lock.json"))
                        && Files.mismatch(
                                        folder.resolve("package-lock.json"),
                                        sources.resolve("package-lock.json"))
                                < 0;
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(file.getFileName());
                if (!Files.exists(copy) || Files.mismatch(copy, file) >= 0) {
                    Files.write(copy, Files.readAllBytes(file));
                }
            }
        }
        if (!sameLock) {
            said(folder, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
    }

    /// What the program said, which must end well.
    static String said(Path folder, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(List.of(words))
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s said: %s", List.of(words), said).isZero();
        return said;
    }
}
