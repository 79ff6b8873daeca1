package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A service that points elsewhere: whoever called may go there, nobody on the way does. Else a broken-into service would have a gateway's
/// place in the network.
class RedirectsTest {

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void nobodyGoesWhereAnAnswerPoints(int status) throws Exception {
        try (World world = World.of(Shop.YAML);
                Backend elsewhere = new Backend()) {
            String there = "http://127.0.0.1:" + elsewhere.address().getPort() + "/metadata";
            pointing(world, status, there);
            Wire.Reply reply = world.get("/products");
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.headers().get("location")).isEqualTo(there);
            assertThat(world.services.get("catalog").seen()).hasSize(1);
            assertThat(elsewhere.seen()).isEmpty();
        }
    }

    @Test
    void norWhereItsHeadersAskBrowsersTo() throws Exception {
        try (World world = World.of(Shop.YAML);
                Backend elsewhere = new Backend()) {
            String there = "http://127.0.0.1:" + elsewhere.address().getPort() + "/metadata";
            pointing(world, 200, there);
            assertThat(world.get("/products").status()).isEqualTo(200);
            assertThat(world.services.get("catalog").seen()).hasSize(1);
            assertThat(elsewhere.seen()).isEmpty();
        }
    }

    private static void pointing(World world, int status, String there) {
        world.services
                .get("catalog")
                .answering(exchange -> {
                    exchange.getResponseHeaders().set("Location", there);
                    exchange.getResponseHeaders().set("Refresh", "0; url=" + there);
                    exchange.getResponseHeaders()
                            .set("Link", "<" + there + ">; rel=preload, <" + there + ">; rel=next");
                    exchange.getResponseHeaders().set("Alt-Svc", "h2=\"127.0.0.1:9\"");
                    Backend.answer(exchange, status, "{}");
                });
    }
}
