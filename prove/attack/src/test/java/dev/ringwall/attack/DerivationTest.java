package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DerivationTest {

    private static final Path GOLDEN = Path.of("src/test/resources/shop-attacks.txt");

    @Test
    void theShopsAttacksAreTheseAndInThisOrder() throws IOException {
        List<String> names = Prover.names(Shop.blueprint());
        if (Boolean.getBoolean("ringwall.golden.write")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.write(GOLDEN, names);
        }
        assertThat(names).isEqualTo(Files.readAllLines(GOLDEN));
    }

    @Test
    void everyNameIsSubjectAndKindAndThereAreMoreThanSixty() {
        assertThat(Prover.names(Shop.blueprint()))
                .hasSizeGreaterThan(60)
                .allMatch(name -> name.matches("[a-z0-9.-]+/[a-z0-9.-]+"))
                .doesNotHaveDuplicates();
    }
}
