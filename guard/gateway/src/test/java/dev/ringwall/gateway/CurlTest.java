package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A client that everybody has, checking the door's certificate as everybody does.
class CurlTest {

    private static World world;
    private static Path root;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(Shop.YAML);
        root =
                Files.writeString(
                        Files.createTempFile("root", ".pem"), world.authority.root().pem());
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static String curl(String path, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--cacert", root.toString()));
        command.addAll(List.of(arguments));
        command.add("https://localhost:" + world.door.getPort() + path);
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            Assumptions.abort("this machine has no curl");
            throw missing;
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }

    @Test
    void itGetsAndPosts() throws Exception {
        assertThat(curl("/products")).isEqualTo("{}");
        String token = world.tokens.of("ana", "shopper", "orders.place");
        assertThat(curl("/orders", "-d", "{}", "-H", World.bearer(token), "-w", "%{http_code}"))
                .isEqualTo("{}200");
    }

    @Test
    void itIsRefusedReadably() throws Exception {
        assertThat(curl("/orders", "-d", "{}", "-i"))
                .contains("HTTP/2 401")
                .contains("\"reason\":\"no-token\"");
    }

    @Test
    void itUploadsWithAndWithoutWaitingToBeAsked() throws Exception {
        Path file = Files.write(Files.createTempFile("picture", ".bin"), new byte[3 << 20]);
        for (String expect : new String[] {"Expect: 100-continue", "Expect:"}) {
            assertThat(curl("/pictures", "--data-binary", "@" + file, "-H", expect))
                    .isEqualTo("{}");
        }
        assertThat(
                        curl(
                                "/pictures",
                                "--data-binary",
                                "@" + file,
                                "-H",
                                "Transfer-Encoding: chunked"))
                .isEqualTo("{}");
    }

    @Test
    void itUsesOneConnectionForManyRequests() throws Exception {
        String url = "https://localhost:" + world.door.getPort() + "/products";
        assertThat(curl("/products", "-w", "%{num_connects}", url, url)).isEqualTo("{}1{}0{}0");
    }

    @Test
    void itSpeaksHttp2WhereItWantsAndHttp11WhereItDoesNot() throws Exception {
        assertThat(curl("/products", "-w", "%{http_version}")).isEqualTo("{}2");
        assertThat(curl("/products", "-w", "%{http_version}", "--http1.1")).isEqualTo("{}1.1");
    }

    @Test
    void onlyTls13IsSpoken() throws Exception {
        assertThat(curl("/products", "--tls-max", "1.2")).contains("curl: (35)");
    }
}
