package dev.ringwall.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The command of a service whose first word is `java`: it means the Java that runs Ringwall, and starts faster each time but the first.
///
/// That is the work of a class-data archive that the JVM writes when the service ends, checks against the jars when it starts, and
/// ignores when they differ. A command that says something of archives itself is left as it is.
public final class JavaCommand {

    private static final String JAVA = "java";
    private static final List<String> OWN_ARCHIVE =
            List.of("-XX:SharedArchiveFile", "-XX:AOT", "-Xshare", "-XX:+AutoCreateSharedArchive");

    private JavaCommand() {}

    /// The words to start.
    ///
    /// @param folder   where the command is started
    /// @param archives the folder of the archives; it is made
    public static List<String> words(
            String service, List<String> command, Path folder, Path archives) throws IOException {
        if (!command.getFirst().equals(JAVA)) {
            return command;
        }
        List<String> words = new ArrayList<>(command);
        words.set(0, Path.of(System.getProperty("java.home"), "bin", JAVA).toString());
        if (command.stream().noneMatch(word -> OWN_ARCHIVE.stream().anyMatch(word::startsWith))) {
            Files.createDirectories(archives);
            words.add(1, "-XX:+AutoCreateSharedArchive");
            words.add(
                    2,
                    "-XX:SharedArchiveFile=" + archives.resolve(archive(service, command, folder)));
            words.add(3, "-Xlog:disable");
            words.add(4, "-Xlog:all=error:stderr");
        }
        return words;
    }

    /// Another command, or the same one elsewhere, has an archive of its own.
    private static String archive(String service, List<String> command, Path folder) {
        int which = Objects.hash(command, folder.toAbsolutePath().toString());
        return service + "-" + Integer.toHexString(which) + ".jsa";
    }
}
