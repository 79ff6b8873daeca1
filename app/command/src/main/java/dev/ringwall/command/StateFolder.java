package dev.ringwall.command;

import dev.ringwall.link.OwnerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// Where a system keeps what it must remember: `.ringwall` beside its declaration, readable by its owner alone.
///
/// The secret that unlocks the certificate authority is not in it, so that a copy of the folder opens nothing.
record StateFolder(Path path) {

    private static final String NAME = ".ringwall";
    private static final String DECLARATION = "declaration.path";

    /// The folder that belongs to a declaration.
    static StateFolder beside(Path declaration) {
        return new StateFolder(declaration.toAbsolutePath().normalize().resolveSibling(NAME));
    }

    /// The folder that a command means: the one named, or the nearest `.ringwall` from here upwards, or that of the system which this
    /// user started last. Where a declaration lies nearer than any of them, only its own system can be meant.
    static StateFolder find(Optional<Path> named) {
        if (named.isPresent()) {
            return new StateFolder(named.get().toAbsolutePath().normalize());
        }
        String told = System.getenv("RINGWALL_STATE");
        if (told != null) {
            return new StateFolder(Path.of(told).toAbsolutePath().normalize());
        }
        return find(Path.of("").toAbsolutePath(), last());
    }

    static StateFolder find(Path here, Optional<StateFolder> last) {
        for (Path at = here; at != null; at = at.getParent()) {
            StateFolder beside = new StateFolder(at.resolve(NAME));
            if (Files.exists(beside.operator())) {
                return beside;
            }
            Path declaration = at.resolve("ringwall.yaml");
            if (Files.exists(declaration)) {
                return last.filter(started -> started.runs(declaration))
                        .orElseThrow(() ->
                                new Unusable(
                                        "the system of "
                                                + declaration
                                                + " was not started here (expected: "
                                                + beside.path
                                                + "); start it with `ringwall up`, or name its state folder with --state"));
            }
        }
        return last.orElseThrow(() ->
                new Unusable(
                        "no running system found (expected: a "
                                + NAME
                                + " folder here or above); start one with `ringwall up` or `ringwall demo`, or name it with --state"));
    }

    /// The folder of the system that this user started last; empty when there is none any more.
    private static Optional<StateFolder> last() {
        Path last = lastStarted();
        if (!Files.exists(last)) {
            return Optional.empty();
        }
        try {
            StateFolder folder = new StateFolder(Path.of(Files.readString(last).strip()));
            return Optional.of(folder).filter(started -> Files.exists(started.operator()));
        } catch (IOException unreadable) {
            throw new Unusable(
                    "cannot read " + last + "; name the folder with --state", unreadable);
        }
    }

    private boolean runs(Path declaration) {
        return Files.exists(operator().resolve(DECLARATION))
                && declaration().equals(declaration.toAbsolutePath().normalize());
    }

    /// Remembers this as the system that was started last.
    void remember() throws IOException {
        Path last = lastStarted();
        Files.createDirectories(last.getParent());
        Files.writeString(last, path + "\n");
    }

    private static Path lastStarted() {
        String home = System.getenv("XDG_STATE_HOME");
        Path base =
                home == null
                        ? Path.of(System.getProperty("user.home"), ".local", "state")
                        : Path.of(home);
        return base.resolve("ringwall").resolve("last-started");
    }

    /// Makes the folder and those in it that others expect, for the owner alone.
    StateFolder create() throws IOException {
        Files.createDirectories(
                path,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return this;
    }

    Path control() {
        return path.resolve("control");
    }

    Path node(String name) {
        return path.resolve("node-" + name);
    }

    Path operator() {
        return path.resolve("operator");
    }

    /// The declaration that the system was started with.
    Path declaration() {
        try {
            return Path.of(Files.readString(operator().resolve(DECLARATION)).strip());
        } catch (IOException unreadable) {
            throw new Unusable(
                    path
                            + " does not say which declaration runs; was the system started with `ringwall up`?",
                    unreadable);
        }
    }

    /// Remembers the declaration that the system is started with.
    void declaration(Path file) throws IOException {
        OwnerFiles.write(operator().resolve(DECLARATION), file.toAbsolutePath().normalize() + "\n");
    }

    Path log() {
        return path.resolve("log");
    }

    Path data() {
        return path.resolve("data");
    }

    /// What lets services on Java start faster; the launcher keeps one for each build, so that new states have it as well.
    Path archives() {
        String kept = System.getProperty("ringwall.archives");
        return kept == null ? path.resolve("archives") : Path.of(kept);
    }
}
