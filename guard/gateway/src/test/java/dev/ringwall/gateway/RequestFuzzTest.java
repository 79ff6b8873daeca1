package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What [RequestFuzz] says of requests and of what becomes of them when a few letters change.
class RequestFuzzTest {

    private static final Path SEEDS = Path.of("src/test/resources/requests");
    private static final int MUTANTS_OF_EACH = 1_000;

    /// What parsers disagree about.
    private static final List<String> TROUBLE =
            List.of(
                    "\r\n",
                    "\n",
                    "\r",
                    " ",
                    "\t",
                    ":",
                    ";",
                    "\0",
                    "\u00a0",
                    "0",
                    "-1",
                    "+1",
                    "0x1",
                    ",",
                    "Content-Length: 3\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Transfer-Encoding: identity\r\n",
                    "Connection: content-length\r\n",
                    "Host: other\r\n",
                    "0\r\n\r\n",
                    "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                    "%2e%2e/",
                    "%00",
                    "http://other/",
                    "HTTP/1.0");

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(SEEDS)) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    @Test
    void noRequestBecomesAnotherOrTwoHoweverItIsBent() throws IOException {
        List<byte[]> seeds = seeds();
        assertThat(seeds).hasSizeGreaterThan(5);
        SplittableRandom random = new SplittableRandom(20_261_123);
        for (byte[] seed : seeds) {
            RequestFuzz.fuzzerTestOneInput(seed);
            for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                byte[] bent = bent(seed, random);
                try {
                    RequestFuzz.fuzzerTestOneInput(bent);
                } catch (AssertionError | RuntimeException wrong) {
                    throw new AssertionError(new String(bent, StandardCharsets.ISO_8859_1), wrong);
                }
            }
        }
    }

    private static byte[] bent(byte[] seed, SplittableRandom random) {
        String text = new String(seed, StandardCharsets.ISO_8859_1);
        for (int change = random.nextInt(1, 4); change > 0; change--) {
            int at = random.nextInt(text.length() + 1);
            if (random.nextBoolean()) { // where a line begins
                at = text.indexOf("\r\n", at) + 2;
            }
            String before = text.substring(0, at);
            String after = text.substring(at);
            text =
                    switch (random.nextInt(4)) {
                        case 0 -> before + TROUBLE.get(random.nextInt(TROUBLE.size())) + after;
                        case 1 -> before + after.substring(Math.min(after.length(), 1));
                        case 2 -> before + (char) random.nextInt(256) + after;
                        default -> before + text + after;
                    };
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
