package dev.ringwall.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The repository that these tests stand in: its text files and its compiled main code.
final class Repository {

    private static final Set<String> SKIPPED_FOLDERS =
            Set.of(".git", "target", ".ringwall", ".idea", ".vscode", "node_modules");
    private static final Set<String> TEXT_ENDINGS =
            Set.of(
                    "java",
                    "md",
                    "xml",
                    "yaml",
                    "yml",
                    "json",
                    "sh",
                    "properties",
                    "config",
                    "html",
                    "css",
                    "js");

    private final Path root;

    private Repository(Path root) {
        this.root = root;
    }

    /// Surefire starts tests in their module's folder.
    static Repository here() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ringwall"))) {
            folder = folder.getParent();
        }
        return new Repository(folder);
    }

    Path root() {
        return root;
    }

    List<TextFile> textFiles() {
        List<TextFile> files = new ArrayList<>();
        for (Path file : walk()) {
            String path = root.relativize(file).toString().replace('\\', '/');
            files.add(new TextFile(path, linesOf(file)));
        }
        return List.copyOf(files);
    }

    /// The main code of every module, as compiled; without its libraries.
    JavaClasses mainClasses() {
        List<Path> compiled = new ArrayList<>();
        for (Path pom : walk()) {
            Path classes = pom.resolveSibling("target/classes");
            if (pom.endsWith("pom.xml") && Files.isDirectory(classes)) {
                compiled.add(classes);
            }
        }
        return new ClassFileImporter().importPaths(compiled);
    }

    private List<Path> walk() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    root,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes attributes) {
                            boolean skipped =
                                    SKIPPED_FOLDERS.contains(folder.getFileName().toString());
                            return skipped
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (attributes.isRegularFile() && isText(file)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(null);
        return found;
    }

    private static boolean isText(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 || TEXT_ENDINGS.contains(name.substring(dot + 1));
    }

    private static List<String> linesOf(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
