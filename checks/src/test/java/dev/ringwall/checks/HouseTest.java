package dev.ringwall.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule of the house, on the whole repository.
class HouseTest {

    private static final String ROOT = "dev.ringwall";

    /// The files that are longer than they should be. No new line here; an old one only with a smaller number.
    private static final String LONG_FILES = "";

    private static final Repository REPOSITORY = Repository.here();
    private static final JavaClasses CLASSES = REPOSITORY.mainClasses();
    private static final List<TextFile> FILES = REPOSITORY.textFiles();

    static List<ClassRule> classRules() {
        return List.of(new ImportTable(ROOT), new LibraryTable(ROOT), new UseTable(ROOT));
    }

    static List<FileRule> fileRules() {
        return List.of(
                FileLength.except(LONG_FILES),
                new PackageOpening(),
                new OneTypePerFile(),
                new Finished(),
                new Snippets(),
                new Links(),
                new DependencyList());
    }

    @ParameterizedTest
    @MethodSource("classRules")
    void compiledCodeKeepsTheRule(ClassRule rule) {
        assertThat(rule.breaches(CLASSES)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fileRules")
    void filesKeepTheRule(FileRule rule) {
        assertThat(rule.breaches(FILES)).isEmpty();
    }

    /// Or the rules above would pass by looking at nothing.
    @Test
    void everyMainTypeIsLookedAt() {
        List<String> uncompiled =
                FILES.stream()
                        .filter(TextFile::isMainJava)
                        .map(HouseTest::typeName)
                        .filter(name -> !CLASSES.contain(name))
                        .toList();
        assertThat(uncompiled).as("main types that are not compiled: build them first").isEmpty();
    }

    private static String typeName(TextFile file) {
        String path = file.path();
        String type = path.substring(path.indexOf("/src/main/java/") + "/src/main/java/".length());
        return type.substring(0, type.length() - ".java".length()).replace('/', '.');
    }
}
