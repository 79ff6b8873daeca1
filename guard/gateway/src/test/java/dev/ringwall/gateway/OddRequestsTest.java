package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.wire.RequestTarget;
import dev.ringwall.wire.StrictRequestDecoder;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What two programs could read differently stops at the door, and nothing that came with it is taken for another request.
class OddRequestsTest {

    private static final String HOST = "Host: localhost\r\n";

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
        world.recorded.clear();
        world.services.values().forEach(Backend::clear);
    }

    private static Arguments odd(String what, int status, String reason, String bytes) {
        return Arguments.of(what, status, reason, bytes);
    }

    private static Arguments odd(String what, String bytes) {
        return odd(what, 400, "bad-request", bytes);
    }

    private static Arguments path(String what, String target) {
        return odd(what, "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n");
    }

    private static Arguments head(String what, String headers) {
        return odd(what, "GET /products HTTP/1.1\r\n" + HOST + headers + "\r\n");
    }

    static Stream<Arguments> oddRequests() {
        String chunked = "Transfer-Encoding: chunked\r\n";
        return Stream.of(
                // framing
                head("length and chunked", "Content-Length: 5\r\n" + chunked + "\r\n0\r\n"),
                head("chunked and length", chunked + "Content-Length: 5\r\n"),
                head("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n"),
                head("two equal lengths", "Content-Length: 5\r\nContent-Length: 5\r\n"),
                head("a list of lengths", "Content-Length: 5, 5\r\n"),
                head("a signed length", "Content-Length: +5\r\n"),
                head("a negative length", "Content-Length: -5\r\n"),
                head("a hexadecimal length", "Content-Length: 0x5\r\n"),
                head("an empty length", "Content-Length:\r\n"),
                head("an endless length", "Content-Length: 99999999999999999999\r\n"),
                head("another coding", "Transfer-Encoding: gzip, chunked\r\n"),
                head("chunked twice", chunked + chunked),
                head("a hidden coding", "Transfer-Encoding: xchunked\r\n"),
                head("identity coding", "Transfer-Encoding: identity\r\n"),
                odd(
                        "chunked in 1.0",
                        "GET /products HTTP/1.0\r\n" + HOST + chunked + "\r\n0\r\n\r\n"),
                // lines
                odd("bare line feeds", "GET /products HTTP/1.1\nHost: localhost\n\n"),
                odd(
                        "one bare line feed",
                        "GET /products HTTP/1.1\r\n" + HOST + "A: b\nC: d\r\n\r\n"),
                head("a folded line", "A: b\r\n c\r\n"),
                head("a folded line by tab", "A: b\r\n\tc\r\n"),
                odd("a folded first header", "GET /products HTTP/1.1\r\n " + HOST + "\r\n"),
                head("white space before a colon", "A : b\r\n"),
                head("a tab before a colon", "Transfer-Encoding\t: chunked\r\n"),
                head("no colon", "nonsense\r\n"),
                head("an empty name", ": b\r\n"),
                head("NUL in a value", "A: b\0c\r\n"),
                head("NUL in a name", "A\0: c\r\n"),
                head("a carriage return in a value", "A: b\rc\r\n"),
                // host
                odd("no host", "GET /products HTTP/1.1\r\n\r\n"),
                head("two hosts", HOST),
                head("two different hosts", "Host: elsewhere\r\n"),
                odd("an empty host", "GET /products HTTP/1.1\r\nHost:\r\n\r\n"),
                odd("a host with a path", "GET /products HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                odd("a host with a user", "GET /products HTTP/1.1\r\nHost: a@b\r\n\r\n"),
                // request line
                odd("no version", "GET /products\r\n" + HOST + "\r\n"),
                odd("another version", "GET /products HTTP/1.7\r\n" + HOST + "\r\n"),
                odd("a later version", "GET /products HTTP/3.0\r\n" + HOST + "\r\n"),
                odd("another protocol", "GET /products FTP/1.1\r\n" + HOST + "\r\n"),
                odd("a method with a colon", "GE:T /products HTTP/1.1\r\n" + HOST + "\r\n"),
                // targets
                path("absolute form", "https://localhost/products"),
                path("absolute form elsewhere", "http://elsewhere/products"),
                odd("authority form", "CONNECT localhost:443 HTTP/1.1\r\n" + HOST + "\r\n"),
                odd("asterisk form", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n"),
                path("no slash", "products"),
                path("dot dot", "/x/../products"),
                path("dot", "/./products"),
                path("dot dot at the end", "/products/.."),
                path("escaped dot dot", "/x/%2e%2e/products"),
                path("half escaped dot dot", "/x/.%2E/products"),
                path("escaped dot", "/%2e/products"),
                path("escaped slash", "/x%2fproducts"),
                path("escaped backslash", "/x%5cproducts"),
                path("backslash", "/x\\products"),
                path("semicolon", "/products;x=1"),
                path("semicolon dot dot", "/x/..;/products"),
                path("double slash", "//products"),
                path("double slash within", "/x//products"),
                path("NUL", "/products%00"),
                path("escaped line end", "/products%0d%0aA:b"),
                path("escaped delete", "/products%7f"),
                path("double escape", "/products%252f"),
                path("escaped letter", "/%70roducts"),
                path("a lone percent sign", "/products%"),
                path("a short escape", "/products%2"),
                path("an escape of no digits", "/products%zz"),
                path("not UTF-8", "/products/%ff%fe"),
                path("overlong UTF-8", "/products/%c0%af"),
                path("a raw high byte", "/products/\u00ff"),
                path("a raw quote", "/products/\""),
                path("a fragment", "/products#x"),
                path("NUL in the query", "/products?a=%00"),
                path("not UTF-8 in the query", "/products?a=%ff"),
                path("a lone percent sign in the query", "/products?a=%"),
                path("a long target", "/products?" + "a".repeat(RequestTarget.LENGTH_MAX)),
                path("a longer target", "/products?" + "a".repeat(20_000)),
                path("many segments", "/a".repeat(RequestTarget.SEGMENTS_MAX + 1)),
                path("many parameters", "/products?" + "a&".repeat(RequestTarget.PARAMETERS_MAX)),
                // protocols
                head("a web socket", "Connection: Upgrade\r\nUpgrade: websocket\r\n"),
                head("an unknown expectation", "Expect: the-unexpected\r\n"),
                // size
                odd(
                        "large headers",
                        431,
                        "headers-too-large",
                        "GET /products HTTP/1.1\r\n"
                                + HOST
                                + ("A: " + "b".repeat(1_000) + "\r\n").repeat(60)
                                + "\r\n"),
                odd(
                        "many headers",
                        431,
                        "headers-too-large",
                        "GET /products HTTP/1.1\r\n"
                                + HOST
                                + "A: b\r\n".repeat(StrictRequestDecoder.HEADERS_MAX)
                                + "\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddRequests")
    void isRefusedAndSaidNoMoreAbout(String what, int status, String reason, String bytes)
            throws IOException {
        try (Wire wire = Wire.tls(world.door)) {
            wire.send(bytes);
            Wire.Reply reply = wire.receive();
            assertThat(reply.status()).as(what).isEqualTo(status);
            assertThat(reply.reason()).isEqualTo(reason);
        }
        assertThat(world.services.get("catalog").seen()).isEmpty();
        assertThat(world.recorded.calls()).hasSize(1);
    }

    @Test
    void whatFollowsAnOddRequestIsNotRead() throws IOException {
        try (Wire wire = Wire.tls(world.door)) {
            wire.send(
                    "POST /pictures HTTP/1.1\r\n"
                            + HOST
                            + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "0\r\n\r\nGET /products HTTP/1.1\r\n"
                            + HOST
                            + "\r\n");
            assertThat(wire.receive().reason()).isEqualTo("bad-request");
            assertThat(wire.closed()).isTrue();
        }
        assertThat(world.services.get("catalog").seen()).isEmpty();
    }

    @Test
    void whatIsMerelyUnusualPasses() throws IOException {
        List<String> usual =
                List.of(
                        "GET /products?q=caf%C3%A9&r=a+b HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET /products?q=[1] HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET /products HTTP/1.1\r\nhOsT:localhost\r\n\r\n",
                        "GET /products HTTP/1.1\r\nHost: [::1]:8443\r\n\r\n",
                        "\r\nGET /products HTTP/1.1\r\n" + HOST + "\r\n",
                        "GET /products HTTP/1.1\r\n" + HOST + "Upgrade: h2c\r\n\r\n",
                        "GET /products HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n");
        for (String request : usual) {
            try (Wire wire = Wire.tls(world.door)) {
                assertThat(wire.send(request).receive().status()).as(request).isEqualTo(200);
            }
        }
    }

    @Test
    void requestsThatComeTogetherAreAnsweredInTurn() throws IOException {
        String request = "GET /products HTTP/1.1\r\n" + HOST + "\r\n";
        String last = "GET /products HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
        try (Wire wire = Wire.tls(world.door)) {
            wire.send(request.repeat(20) + last);
            for (int i = 0; i < 21; i++) {
                assertThat(wire.receive().status()).isEqualTo(200);
            }
            assertThat(wire.closed()).isTrue();
        }
        assertThat(world.services.get("catalog").seen()).hasSize(21);
    }

    @Test
    void anUnknownPathAndAnUnknownMethodAreDifferentThings() throws IOException {
        assertThat(world.get("/admin").reason()).isEqualTo("not-declared");
        Wire.Reply reply = world.post("/products", "{}");
        assertThat(reply.reason()).isEqualTo("method-not-declared");
        assertThat(reply.headers()).containsEntry("allow", "GET, HEAD");
    }

    @Test
    void whatHasNoWayInFromOutsideDoesNotExistThere() throws IOException {
        assertThat(world.post("/charges", "{}").reason()).isEqualTo("not-declared");
        assertThat(world.recorded.last("gateway").rings().getLast().note())
                .contains("payments.charge has no `allow`");
    }
}
