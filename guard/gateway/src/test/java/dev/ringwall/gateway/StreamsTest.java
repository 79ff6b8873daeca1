package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.gateway.Frames.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP/2 at the door, frame by frame.
class StreamsTest {

    private static World world;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(Shop.YAML);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.services.values().forEach(Backend::clear);
    }

    private static List<Backend.Seen> seen() {
        return world.services.get("catalog").seen();
    }

    @Test
    void manyRequestsShareAConnectionAndEachIsDecidedForItself() throws IOException {
        try (Frames frames = new Frames(world.door)) {
            assertThat(frames.get("/products")).isEqualTo(new Ended(200, "{}", 0));
            assertThat(frames.get("/orders/17").status()).isEqualTo(401);
            assertThat(frames.get("/orders/17").body()).contains("\"reason\":\"no-token\"");
            List<Integer> streams = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                streams.add(
                        frames.open(
                                true,
                                ":method: GET",
                                ":scheme: https",
                                ":authority: localhost",
                                ":path: /products"));
            }
            int ended = 0;
            while (ended < streams.size()) {
                Frames.Frame frame = frames.read();
                ended += frame.ends() ? 1 : 0;
                assertThat(frame.type()).isNotIn(Frames.RST_STREAM, Frames.GOAWAY);
            }
        }
    }

    @Test
    void aBodyIsStreamedAndItsLengthMustBeTrue() throws IOException {
        try (Frames frames = new Frames(world.door)) {
            int stream = frames.open(false, post("content-length: 4"));
            frames.frame(Frames.DATA, 0, stream, "{}".getBytes(StandardCharsets.US_ASCII));
            frames.frame(
                    Frames.DATA,
                    Frames.END_STREAM,
                    stream,
                    "  ".getBytes(StandardCharsets.US_ASCII));
            assertThat(frames.await(stream).status()).isEqualTo(200);

            int liar = frames.open(false, post("content-length: 1"));
            frames.frame(
                    Frames.DATA, Frames.END_STREAM, liar, "{}".getBytes(StandardCharsets.US_ASCII));
            assertThat(frames.await(liar).error()).isNotZero();
        }
    }

    private static String[] post(String... more) {
        List<String> headers =
                new ArrayList<>(
                        List.of(
                                ":method: POST",
                                ":scheme: https",
                                ":authority: localhost",
                                ":path: /pictures"));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection: close",
                "transfer-encoding: chunked",
                "upgrade: websocket",
                "keep-alive: 1",
                "proxy-connection: close",
                "te: gzip",
                "host: elsewhere",
                "content-length: 5",
                "content-length: +0",
                "Upper: case",
                "a b: c",
                "a:b: c",
                "x: a\r\nTransfer-Encoding: chunked",
                "x: a\nb: c",
                "x\r\ny: z",
                "x: \0",
                ":path: /orders",
                ":protocol: websocket",
                ":unknown: x"
            })
    void whatWouldMeanSomethingElseInHttp1GoesNoFurther(String header) throws IOException {
        try (Frames frames = new Frames(world.door)) {
            Ended ended = frames.get("/products", header);
            assertThat(ended.status()).as(ended.toString()).isIn(0, 400);
            assertThat(ended.status() == 0).isEqualTo(ended.error() != 0);
            assertThat(seen()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/../products",
                "/products%2f..",
                "//products",
                "/products;x",
                "/%70roducts%00",
                "https://localhost/products",
                "*",
                "products",
                "/products\r\nX: y",
                "/products HTTP/1.1",
                ""
            })
    void aPathThatCouldBeReadDifferentlyGoesNoFurther(String path) throws IOException {
        try (Frames frames = new Frames(world.door)) {
            Ended ended = frames.get(path);
            assertThat(ended.status()).as(ended.toString()).isIn(0, 400, 404);
            assertThat(seen()).isEmpty();
        }
    }

    @Test
    void requestsWithoutWhatEveryRequestHasGoNoFurther() throws IOException {
        for (String missing : new String[] {":method", ":scheme", ":path", ":authority"}) {
            try (Frames frames = new Frames(world.door)) {
                String[] headers =
                        List.of(
                                        ":method: GET",
                                        ":scheme: https",
                                        ":authority: localhost",
                                        ":path: /products")
                                .stream()
                                .filter(header -> !header.startsWith(missing))
                                .toArray(String[]::new);
                Ended ended = frames.await(frames.open(true, headers));
                assertThat(ended.status()).as(missing + " " + ended).isIn(0, 400);
            }
        }
        assertThat(seen()).isEmpty();
    }

    @Test
    void crumbsOfCookiesArePutTogether() throws IOException {
        try (Frames frames = new Frames(world.door)) {
            frames.get("/products", "cookie: a=1", "cookie: b=2");
        }
        assertThat(seen().getLast().headers()).containsEntry("cookie", "a=1; b=2");
    }

    @Test
    void whoOpensAndBreaksOffStreamsWithoutEndIsShutOut() throws IOException {
        try (Frames frames = new Frames(world.door)) {
            assertThat(
                            flood(
                                    frames,
                                    () -> {
                                        int stream = begun(frames, true);
                                        frames.frame(Frames.RST_STREAM, 0, stream, new byte[4]);
                                    }))
                    .isTrue();
        }
    }

    /// A window that grows by nothing is an error of the stream, for which the door ends it (RFC 9113 §6.9).
    @Test
    void whoMakesTheDoorBreakOffStreamsWithoutEndIsShutOut() throws IOException {
        try (Frames frames = new Frames(world.door)) {
            assertThat(
                            flood(
                                    frames,
                                    () -> {
                                        int stream = begun(frames, false);
                                        frames.frame(Frames.WINDOW_UPDATE, 0, stream, new byte[4]);
                                    }))
                    .isTrue();
        }
    }

    @Test
    void whoSendsAHeaderBlockWithoutEndIsShutOut() throws IOException {
        try (Frames frames = new Frames(world.door)) {
            int stream = frames.nextStream();
            frames.frame(Frames.HEADERS, 0, stream, Frames.block(":method: GET"));
            assertThat(
                            flood(
                                    frames,
                                    () ->
                                            frames.frame(
                                                    Frames.CONTINUATION,
                                                    0,
                                                    stream,
                                                    Frames.block("a: b"))))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Frames.SETTINGS, Frames.PING})
    void whoFloodsWithFramesThatCarryNothingIsShutOut(int type) throws IOException {
        byte[] payload = new byte[type == Frames.PING ? 8 : 0];
        try (Frames frames = new Frames(world.door)) {
            assertThat(flood(frames, () -> frames.frame(type, 0, 0, payload))).isTrue();
        }
    }

    @Test
    void aHeaderBombIsRefusedAndTheOthersAreServed() throws IOException {
        String[] bomb = new String[60];
        java.util.Arrays.setAll(bomb, i -> "x-" + i + ": " + "y".repeat(1_000));
        try (Frames frames = new Frames(world.door);
                Frames other = new Frames(world.door)) {
            Ended ended = frames.get("/products", bomb);
            assertThat(ended.status()).as(ended.toString()).isIn(0, 431);
            assertThat(seen()).isEmpty();
            assertThat(other.get("/products").status()).isEqualTo(200);
        }
    }

    @Test
    void moreStreamsAtOnceThanAllowedAreRefused() throws IOException {
        try (Frames frames = new Frames(world.door)) {
            int refused = 0;
            for (int i = 0; i < Multiplexed.STREAMS_MAX + 10; i++) {
                frames.open(false, post("content-length: 10"));
            }
            while (refused < 10) {
                Frames.Frame frame = frames.read();
                assertThat(frame.type()).isNotEqualTo(Frames.GOAWAY);
                refused += frame.type() == Frames.RST_STREAM ? 1 : 0;
            }
        }
    }

    private static int begun(Frames frames, boolean ended) throws IOException {
        return frames.open(
                ended,
                ":method: GET",
                ":scheme: https",
                ":authority: localhost",
                ":path: /nothing");
    }

    private interface Blow {
        void strike() throws IOException;
    }

    /// Whether the connection is shut before the flood is over.
    private static boolean flood(Frames frames, Blow blow) {
        Thread reading =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                while (true) {
                                    frames.read();
                                }
                            } catch (IOException closed) {
                                // as it should be
                            }
                        });
        try {
            for (int i = 0; i < 200_000 && reading.isAlive(); i++) {
                blow.strike();
            }
            return !reading.isAlive();
        } catch (IOException closed) {
            return true;
        }
    }
}
