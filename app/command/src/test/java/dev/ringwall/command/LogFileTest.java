package dev.ringwall.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What goes into the log of a command that stays up.
class LogFileTest {

    private static final Logger LOG = LoggerFactory.getLogger(LogFileTest.class);

    @TempDir private Path folder;

    @Test
    void anEntryIsOneLineOfJsonWithTheIdsOfItsRequest() throws IOException {
        LogFile.open(folder);
        LOG.atInfo()
                .addKeyValue("request", "01J9ZZZZZZZZZZZZZZZZZZZZZZ")
                .addKeyValue("trace", "4bf92f3577b34da6a3ce929d0e0e4736")
                .log("seen\nin two lines");

        JsonNode entry = entries().getLast();
        assertThat(entry.get("level").asString()).isEqualTo("INFO");
        assertThat(entry.get("formattedMessage").asString()).isEqualTo("seen\nin two lines");
        assertThat(entry.get("kvpList").toString())
                .contains("01J9ZZZZZZZZZZZZZZZZZZZZZZ", "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void whatOtherLibrariesLogGoesToTheFileAndNotToTheTerminal() throws IOException {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(terminal, true, StandardCharsets.UTF_8));
        try {
            LogFile.open(folder);
            java.util.logging.Logger.getLogger("org.apache.coyote").info("Starting");
            java.util.logging.Logger.getLogger("org.apache.coyote").severe("Failing");
            LOG.error("ours");
        } finally {
            System.setErr(before);
        }

        assertThat(terminal.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(entries().stream().map(entry -> entry.get("formattedMessage").asString()))
                .contains("Starting", "Failing", "ours");
    }

    @Test
    void theFileAndItsElderOnesStayBounded() throws Exception {
        LogFile.open(folder, 1_000, Duration.ofMillis(5));
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 10; j++) {
                LOG.info("a line that fills the file, number {}", j);
            }
            Thread.sleep(20);
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).hasSize(1 + LogFile.OLDER_KEPT);
        }
    }

    private List<JsonNode> entries() throws IOException {
        JsonMapper json = new JsonMapper();
        return Files.readAllLines(folder.resolve("ringwall.jsonl")).stream()
                .map(json::readTree)
                .toList();
    }
}
