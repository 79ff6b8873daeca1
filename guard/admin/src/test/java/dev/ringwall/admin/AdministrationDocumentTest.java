package dev.ringwall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.reading.Administration;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What is documented is what is served and checked by.
class AdministrationDocumentTest {

    private static final Path DOCS = Path.of("..", "..", "docs", "reference");

    @Test
    void theDocumentThatIsReadIsTheOneThatIsServed() throws Exception {
        assertThat(Files.readString(DOCS.resolve("administration.yaml")))
                .isEqualTo(Administration.document());
    }

    @Test
    void everyReasonIsDocumented() throws Exception {
        String page = Files.readString(DOCS.resolve("administration.md"));

        assertThat(page)
                .contains(
                        "`gives-what-it-lacks`",
                        "`holds-more`",
                        "`own-account`",
                        "`changed-meanwhile`",
                        "`name-taken`",
                        "`too-many`",
                        "`read-only`");
    }
}
