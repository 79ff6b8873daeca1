package dev.ringwall.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.client.RestClient;

/// `@As` with a service that listens on a real port.
@SpringBootTest(classes = Till.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@Tag("without-spring-security")
class AsOnARealPortTest {

    @Autowired private RestTestClient client;
    @Autowired private TestSidecar sidecar;
    @LocalServerPort private int port;

    @Test
    @As("shopper")
    void theRequestIsForTheCallerOfTheTest() {
        client.get()
                .uri("/caller")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("test-caller [shopper]");
    }

    @Test
    void withoutItTheRequestIsRefused() {
        client.get().uri("/caller").exchange().expectStatus().isForbidden();
    }

    @Test
    @As("shopper")
    void anyClientCanHaveTheSidecar() {
        RestClient.Builder builder = RestClient.builder().baseUrl("http://localhost:" + port);
        assertThat(
                        builder.clone()
                                .requestInterceptor(sidecar)
                                .build()
                                .get()
                                .uri("/principal")
                                .retrieve()
                                .body(String.class))
                .isEqualTo("test-callertrue");
        Integer refused =
                builder.build()
                        .get()
                        .uri("/principal")
                        .exchange((request, answer) -> answer.getStatusCode().value());
        assertThat(refused).isEqualTo(403);
    }
}
