package dev.ringwall.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `openssl s_client`, as Debian has it.
final class OpensslClient {

    private OpensslClient() {}

    static boolean isInstalled() {
        boolean installed =
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));
        if (!installed) {
            System.err.println("LOUD: there is no openssl here, so no handshake is tried with it");
        }
        return installed;
    }

    /// Everything that it said of a handshake and of one request after it.
    static String get(InetSocketAddress to, String... options)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + to.getPort(),
                                "-ign_eof",
                                "-msg"));
        command.addAll(List.of(options));
        Path said = Files.createTempFile("openssl", ".said");
        Process client =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            client.getOutputStream()
                    .write(
                            "GET /products HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
        } catch (IOException refused) {
            // it has ended already; what it said tells why
        }
        if (!client.waitFor(60, TimeUnit.SECONDS)) {
            client.destroyForcibly();
            throw new AssertionError("openssl does not end");
        }
        String all = Files.readString(said, StandardCharsets.ISO_8859_1);
        Files.delete(said);
        return all;
    }
}
