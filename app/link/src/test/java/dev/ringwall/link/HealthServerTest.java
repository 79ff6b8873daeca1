package dev.ringwall.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a watcher of the machine sees, over real sockets.
class HealthServerTest {

    private final AtomicReference<Optional<String>> lacking =
            new AtomicReference<>(Optional.empty());
    private HealthServer health;

    private final HealthServer.Part part =
            new HealthServer.Part() {
                @Override
                public Optional<String> lacking() {
                    return lacking.get();
                }

                @Override
                public byte[] metrics() {
                    return "ringwall_bundle_number 7\n".getBytes(StandardCharsets.UTF_8);
                }
            };

    @BeforeEach
    void open() throws IOException {
        health =
                HealthServer.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        List.of("node"));
    }

    @AfterEach
    void close() {
        health.close();
    }

    private HttpResponse<String> ask(String method, String path)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:"
                                                    + health.address().getPort()
                                                    + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aPartThatHasNotStartedIsNotReadyThoughTheProcessLives() throws Exception {
        assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
        assertThat(ask("GET", "/readyz").body()).isEqualTo("node: has not started yet\n");
    }

    @Test
    void readinessComesAndGoesWithWhatAPartLacks() throws Exception {
        health.watch("node", part);
        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);

        lacking.set(Optional.of("the spool is full"));

        HttpResponse<String> answer = ask("GET", "/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("node: the spool is full\n");
    }

    @Test
    void theMetricsOfEachPartStandBesideThoseOfTheProcess() throws Exception {
        health.watch("node", part);

        assertThat(ask("GET", "/metrics").body())
                .contains("ringwall_bundle_number 7\n", "jvm_memory_used_bytes{area=\"heap\"} ");
    }

    @Test
    void nothingElseIsAnswered() throws Exception {
        assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/readyz/..").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/readyz").statusCode()).isEqualTo(405);
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        assertThatThrownBy(() -> HealthServer.open(health.address(), List.of()))
                .isInstanceOf(IOException.class);
    }
}
