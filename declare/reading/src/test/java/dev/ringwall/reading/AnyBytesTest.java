package dev.ringwall.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Blueprint;
import dev.ringwall.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the bytes are, reading ends in a declaration or in problems.
class AnyBytesTest {

    private static final Duration BOUND = Duration.ofSeconds(10);

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ",",
                    "- ",
                    "\n",
                    "  ",
                    "\t",
                    "'",
                    "\"",
                    "#",
                    "&a ",
                    "*a",
                    "!!str ",
                    "|",
                    ">",
                    "---\n",
                    "...\n",
                    "? ",
                    "<<: ",
                    "%YAML 1.2\n",
                    "\u0000",
                    "\uFEFF",
                    "\uD83D\uDE00",
                    "ringwall: 1",
                    "1e999999999",
                    "0x",
                    "~",
                    "null",
                    "\\",
                    "\r",
                    "\u2028",
                    "http: GET /{x}",
                    "when: '",
                    "../",
                    "never",
                    "99999999y");

    @Test
    void randomBytesEndInProblems() {
        Seeds.each(
                300,
                random -> {
                    byte[] bytes = new byte[random.nextInt(2_000)];
                    random.nextBytes(bytes);
                    ends(Map.of("ringwall.yaml", new String(bytes, StandardCharsets.ISO_8859_1)));
                });
    }

    @Test
    void aShopWithRandomChangesEndsInADeclarationOrInProblems() {
        Seeds.each(1_500, random -> ends(Map.of("ringwall.yaml", changed(random, Shop.TEXT))));
    }

    @Test
    void randomPiecesOfGrammarEnd() {
        Seeds.each(
                500,
                random -> {
                    StringBuilder text = new StringBuilder("ringwall: 1\nsystem: shop\n");
                    for (int i = random.nextInt(200); i > 0; i--) {
                        text.append(PIECES.get(random.nextInt(PIECES.size())));
                    }
                    ends(Map.of("ringwall.yaml", text.toString()));
                });
    }

    @Test
    void theGreatestFilesEndWithinTheBound() {
        int room = Reader.FILE_BYTES_MAX - 100;
        for (String piece :
                List.of(
                        "[", "{", "- ", "a: ", "'", "\"", "x", "\n", " ", "? ", "{a: [", "&a ", "#",
                        "|\n ", "-\n", "a\n")) {
            ends(
                    Map.of(
                            "ringwall.yaml",
                            "ringwall: 1\nstandards: " + piece.repeat(room / piece.length())));
        }
        StringBuilder wide = new StringBuilder("ringwall: 1\nsystem: shop\nroles:\n");
        for (int i = 0; wide.length() < room - 60; i++) {
            wide.append("  role").append(i).append(": { lgin: pasword }\n");
        }
        ends(Map.of("ringwall.yaml", wide.toString()));
    }

    @Test
    void aFileOfTenMebibytesIsRefusedBeforeItIsRead(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("ringwall.yaml"), new byte[10 << 20]);

        assertThat(rules(Reader.read(folder))).containsExactly("too-large");
    }

    @Test
    void bytesThatAreNotUtf8AreNamedWithTheirPlace(@TempDir Path folder) throws Exception {
        Files.write(
                folder.resolve("ringwall.yaml"),
                "ringwall: 1\nsystem: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(Golden.problems(Reader.read(folder)))
                .containsExactly(
                        "ringwall.yaml:2:12 error[not-utf-8] the byte 0xe9 (expected: UTF-8)",
                        "    remedy: save the file as UTF-8");
    }

    @Test
    void whatAnEditorWouldHideIsRefused() {
        assertThat(
                        rules(
                                Reader.read(
                                        Map.of(
                                                "ringwall.yaml",
                                                "ringwall: 1\nsystem: sh\u0000op\n"),
                                        "ringwall.yaml")))
                .containsExactly("hidden-character");
        assertThat(
                        rules(
                                Reader.read(
                                        Map.of("ringwall.yaml", "ringwall: 1 # \u202E\n"),
                                        "ringwall.yaml")))
                .containsExactly("hidden-character");
    }

    @Test
    void aByteOrderMarkAndForeignLineEndsDoNoHarm() {
        assertThat(
                        Reader.read(
                                Map.of("ringwall.yaml", "\uFEFFringwall: 1\r\nsystem: shop\r\n"),
                                "ringwall.yaml"))
                .isInstanceOf(Reading.Read.class);
    }

    @Test
    void moreProblemsThanAnyoneReadsAreCutOff() {
        StringBuilder text = new StringBuilder("ringwall: 1\nsystem: shop\nroles:\n");
        for (int i = 0; i < 1_000; i++) {
            text.append("  role").append(i).append(": {}\n");
        }

        List<String> rules =
                rules(Reader.read(Map.of("ringwall.yaml", text.toString()), "ringwall.yaml"));

        assertThat(rules).hasSize(Problems.PROBLEMS_MAX + 1).contains("too-many-problems");
    }

    private static String changed(RandomGenerator random, String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(changed.length());
            int end = Math.min(changed.length(), at + random.nextInt(12));
            switch (random.nextInt(3)) {
                case 0 -> changed.delete(at, end);
                case 1 -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                default -> changed.insert(at, changed.substring(random.nextInt(at + 1), at));
            }
        }
        return changed.toString();
    }

    private static void ends(Map<String, String> files) {
        long start = System.nanoTime();
        switch (Reader.read(files, "ringwall.yaml")) {
            case Reading.Read(var declaration, _) -> Blueprint.of(declaration);
            case Reading.Unreadable(var problems, _) -> assertThat(problems).isNotEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    }

    private static List<String> rules(Reading reading) {
        return switch (reading) {
            case Reading.Read _ -> List.of();
            case Reading.Unreadable(var problems, _) ->
                    problems.stream().map(problem -> problem.rule()).toList();
        };
    }
}
