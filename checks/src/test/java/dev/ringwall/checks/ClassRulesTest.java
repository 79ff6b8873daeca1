package dev.ringwall.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The rules about compiled code can fail: bad samples, and good ones beside them.
class ClassRulesTest {

    private static final String ROOT = "dev.ringwall.checks.sample";
    private static final JavaClasses SAMPLES = new ClassFileImporter().importPackages(ROOT);

    private static final List<String> IMPORTS = new ImportTable(ROOT).breaches(SAMPLES);
    private static final List<String> LIBRARIES = new LibraryTable(ROOT).breaches(SAMPLES);
    private static final List<String> USES = new UseTable(ROOT).breaches(SAMPLES);

    @Test
    void theProverMayNotImportTheAccused() {
        assertThat(IMPORTS).anyMatch(says("attack may not import policy", "ReachesIntoGuard"));
    }

    @Test
    void theProverReadsTheLogByItsVerifierOnly() {
        assertThat(IMPORTS).anyMatch(says("attack may use only", "ReadsTheWriter"));
        assertThat(IMPORTS).noneMatch(says("ReadsTheVerifier"));
    }

    @Test
    void siblingsInGuardDoNotKnowEachOtherButTheGatewayAsksPolicy() {
        assertThat(IMPORTS).anyMatch(says("keys may not import policy", "KnowsItsSibling"));
        assertThat(IMPORTS).noneMatch(says("AsksPolicy"));
    }

    @Test
    void aRoomOutsideTheTableMayImportNothing() {
        assertThat(IMPORTS).anyMatch(says("stranger may not import model"));
    }

    @Test
    void theModelKnowsJavaBaseOnly() {
        assertThat(LIBRARIES)
                .anyMatch(says("model may know java.base only", "java.sql.Connection"));
    }

    @Test
    void frameworkAnnotationsStayWhereTheFrameworkIs() {
        assertThat(LIBRARIES)
                .anyMatch(says("policy may not know org.springframework", "Component"));
    }

    @Test
    void timeAndChanceAndConsoleAreNotForEverybody() {
        assertThat(USES).anyMatch(says("java.time.Instant.now()", "GuessesAndPrints.clock"));
        assertThat(USES).anyMatch(says("java.util.Random.<init>()", "reading"));
        assertThat(USES).anyMatch(says("java.lang.System.currentTimeMillis()"));
        assertThat(USES).anyMatch(says("java.lang.System.out", "reading"));
        assertThat(USES).noneMatch(says("Prints.answer"));
    }

    private static Predicate<String> says(String... words) {
        return sentence -> List.of(words).stream().allMatch(sentence::contains);
    }
}
