package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is refused and how it is said, and beside it what is accepted.
class DeclarationsTest {

    @ParameterizedTest
    @MethodSource("unreadable")
    void aDeclarationThatCannotBeReadSaysWhy(Golden.Case bad) {
        assertThat(bad.read()).isInstanceOf(Reading.Unreadable.class);
        assertThat(bad.found()).isEqualTo(bad.problems()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("contradictory")
    void aDeclarationThatContradictsItselfSaysWhere(Golden.Case bad) {
        assertThat(bad.read()).isInstanceOf(Reading.Read.class);
        assertThat(bad.found()).isEqualTo(bad.problems());
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodDeclarationHasNothingToSay(Golden.Case good) {
        assertThat(good.found()).isEmpty();
    }

    static List<Golden.Case> good() throws IOException {
        return Golden.cases("good.txt");
    }

    static List<Golden.Case> unreadable() throws IOException {
        return Golden.cases("unreadable.txt");
    }

    static List<Golden.Case> contradictory() throws IOException {
        return Golden.cases("contradictory.txt");
    }
}
