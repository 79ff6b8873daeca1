package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Callers that come back, played by OpenSSL's own client.
class TicketsTest {

    private static World world;

    @TempDir private Path folder;

    @BeforeAll
    static void begin() throws Exception {
        assumeTrue(OpenSsl.isAvailable(), "BoringSSL does not load here");
        boolean installed =
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));
        assumeTrue(installed, "LOUD: there is no openssl here, so nobody comes back");
        world = World.of(Shop.YAML);
    }

    @AfterAll
    static void end() {
        if (world != null) {
            world.close();
        }
    }

    private String call(String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + world.door.getPort(),
                                "-ign_eof"));
        command.addAll(List.of(options));
        Path said = folder.resolve("said");
        Process client =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        client.getOutputStream()
                .write(
                        "GET /products HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
        assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String all = Files.readString(said, StandardCharsets.ISO_8859_1);
        assertThat(all).contains("HTTP/1.1 "); // what it answers is another matter
        return all;
    }

    @Test
    void whoComesBackNeedsNoWholeHandshakeUntilTheKeysOfItsTicketAreGone() throws Exception {
        Path ticket = folder.resolve("ticket");
        assertThat(call("-sess_out", ticket.toString())).contains("New, TLSv1.3");
        assertThat(call("-sess_in", ticket.toString())).contains("Reused, TLSv1.3");

        world.clock.advance(TicketKeys.REPLACED_EVERY);
        assertThat(call("-sess_in", ticket.toString()))
                .as("by the key before")
                .contains("Reused, TLSv1.3");

        world.clock.advance(TicketKeys.REPLACED_EVERY);
        assertThat(call("-sess_in", ticket.toString())).contains("New, TLSv1.3");
    }

    @Test
    void keysThatGrewOldWhileNobodyCameAreNotTaken() throws Exception {
        Path ticket = folder.resolve("ticket");
        call("-sess_out", ticket.toString());
        world.clock.advance(TicketKeys.REPLACED_EVERY.multipliedBy(3).plus(Duration.ofMinutes(1)));
        assertThat(call("-sess_in", ticket.toString())).contains("New, TLSv1.3");
    }
}
