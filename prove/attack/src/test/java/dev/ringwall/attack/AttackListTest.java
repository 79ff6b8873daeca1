package dev.ringwall.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttackListTest {

    private static final Path LIST = Path.of("../../docs/reference/attacks.md");

    @Test
    void everyKindOfAttackIsExplained() throws IOException {
        String list = Files.readString(LIST);
        assertThat(Prover.names(Shop.blueprint()))
                .map(AttackListTest::kind)
                .allSatisfy(kind -> assertThat(list).contains("`" + kind + "`"));
    }

    /// The kind without the names of this system: `as-shopper` is `as-ROLE`.
    private static String kind(String name) {
        String kind = name.substring(name.indexOf('/') + 1);
        for (String role : List.of("shopper", "clerk", "warehouse")) {
            kind = kind.replace("as-" + role, "as-ROLE");
        }
        for (String service : List.of("catalog", "orders", "payments")) {
            kind = kind.replaceAll("by-" + service + "$", "by-SERVICE");
        }
        return name.equals("gateway/plain-http") ? name : kind;
    }
}
