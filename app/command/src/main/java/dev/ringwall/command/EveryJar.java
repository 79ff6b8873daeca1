package dev.ringwall.command;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All of Ringwall's jars, for a process that `./ringwall` has started with those that a node needs: whoever writes `ringwall node` and something
/// out of the ordinary behind it gets the same answer as from any other command.
final class EveryJar {

    /// Names the folder where they are, in a process that has only some of them.
    static final String FOLDER = "ringwall.lib";

    private EveryJar() {}

    /// Where they are; empty in a process that has all.
    static Optional<Path> elsewhere() {
        return Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of);
    }

    /// Runs a command with all of them; ends the process with its exit code, as [Main#main] does.
    ///
    /// @throws Unusable when they are not there
    static int run(Path folder, String... arguments) {
        System.clearProperty(FOLDER);
        try {
            ClassLoader every =
                    new URLClassLoader(jars(folder), ClassLoader.getPlatformClassLoader());
            Thread.currentThread().setContextClassLoader(every);
            every.loadClass(Main.class.getName())
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
            return Exit.FINE;
        } catch (IOException | ReflectiveOperationException broken) {
            throw new Unusable(
                    "the jars of Ringwall cannot be read (expected: all of them in " + folder + ")",
                    broken);
        }
    }

    private static URL[] jars(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : all) {
                jars.add(jar.toUri().toURL());
            }
        }
        return jars.toArray(URL[]::new);
    }
}
