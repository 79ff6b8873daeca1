package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Of values that may be seen in part, nobody outside the service's host sees more.
class MaskTest {

    private static final String YAML =
            """
            ringwall: 1
            system: shop
            data:
              card: { class: cardholder, keep: never, fields: [pan, cvc], show: last4 }
              mail: { class: personal, fields: [email], show: domain }
              note: { class: internal }
            roles: { user: { login: password } }
            services:
              api:
                run: java -jar api.jar
                stores: { files: [mail, note] }
                operations:
                  pay:  { http: POST /pay, allow: user, accepts: [card], returns: [card] }
                  card: { http: GET /card, allow: user, returns: [card, mail] }
                  note: { http: GET /note, allow: user, returns: [note] }
            """;

    private static final String ANSWER =
            """
            {"cards":[{"pan":"4111111111111234","cvc":123,"name":"Ana"},{"pan":null}],"email":"ana@example.com","n":1.50}\
            """;

    private World world;
    private String type = "application/json";
    private String body = ANSWER;

    @BeforeEach
    void begin() throws Exception {
        world = World.of(YAML);
        world.services
                .get("api")
                .answering(exchange -> {
                    byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", type);
                    exchange.getResponseHeaders().set("ETag", "\"of-the-whole\"");
                    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    @AfterEach
    void end() {
        world.close();
    }

    private Wire.Reply get(String target) throws IOException {
        String bearer = World.bearer(world.tokens.of("ana", "user", "api.card", "api.note"));
        try (Wire wire = Wire.tls(world.door)) {
            return wire.call("GET", target, bearer);
        }
    }

    @Test
    void onlySoMuchIsSeenWhereverItStands() throws IOException {
        Wire.Reply seen = get("/card");
        assertThat(seen.body())
                .isEqualTo(
                        """
                        {"cards":[{"pan":"****1234","cvc":"****","name":"Ana"},{"pan":null}],"email":"****@example.com","n":1.50}\
                        """);
        assertThat(seen.headers())
                .doesNotContainKey("etag")
                .containsEntry("content-length", "" + seen.body().length());
    }

    @Test
    void whatReturnsNoneOfItIsNotTouched() throws IOException {
        assertThat(get("/note").body()).isEqualTo(ANSWER);
    }

    @Test
    void whatCannotBeLookedIntoDoesNotLeave() throws IOException {
        type = "text/html";
        assertThat(get("/card").reason()).isEqualTo("answer-not-valid");
        type = "application/json";
        body = "{\"pan\":\"4111111111111234\",\"pan\":1}";
        assertThat(get("/card").reason()).isEqualTo("answer-not-valid");
        body = "";
        assertThat(get("/card").status()).as("there is nothing in it").isEqualTo(200);
    }
}
