package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Thumbprint;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tokens bound to a certificate (RFC 8705), and the host at which the door asks for one, with either library for TLS.
class CertificatesAtTheDoorTest {

    private static final String HOST = "programs.shop.example.com";
    private static final String YAML =
            Shop.YAML + "domain: shop.example.com\ndoor: { mutual-tls: " + HOST + " }\n";

    private World world;

    private void begin(NodeSettings.TlsLibrary library) throws Exception {
        UnaryOperator<NodeSettings> settings = usual -> usual.with(library);
        world = new World(Map.of("ringwall.yaml", YAML), settings, Rings::standard);
    }

    @AfterEach
    void end() {
        world.close();
    }

    private String bound(Identity to) {
        return world.tokens.sign(
                world.tokens
                        .claims("robot-1", "robot", "orders.place")
                        .claim("client_id", "robot-1")
                        .claim("cnf", Map.of("x5t#S256", Thumbprint.of(to.certificate())))
                        .build());
    }

    private Wire.Reply place(String asked, Identity as, String... headers) throws IOException {
        try (Wire wire = Wire.asking(world.door, asked, as)) {
            return wire.post("/orders", "{}", headers);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBoundTokenOpensForWhoHoldsItsCertificate(NodeSettings.TlsLibrary library)
            throws Exception {
        begin(library);
        Identity robot = world.issue("robot");
        assertThat(place(HOST, robot, World.bearer(bound(robot))).status()).isEqualTo(200);
        assertThat(world.services.get("orders").seen().getLast().toString())
                .doesNotContainIgnoringCase("client-cert");
    }

    @ParameterizedTest
    @EnumSource
    void aStolenOneOpensNothing(NodeSettings.TlsLibrary library) throws Exception {
        begin(library);
        Identity robot = world.issue("robot");
        String token = World.bearer(bound(robot));
        Wire.Reply bare = place(HOST, null, token);
        assertThat(bare.status()).isEqualTo(401);
        assertThat(bare.reason()).isEqualTo("certificate-missing");
        assertThat(bare.headers().get("www-authenticate"))
                .startsWith("Bearer realm=\"shop\"")
                .contains("error=\"invalid_token\"");
        Identity thief = world.issue("robot");
        assertThat(place(HOST, thief, token).reason()).isEqualTo("certificate-not-valid");
        assertThat(place("shop.example.com", robot, token).reason())
                .as("where nobody is asked")
                .isEqualTo("certificate-missing");
        assertThat(
                        place(HOST, robot, "Authorization: DPoP " + bound(robot), "DPoP: a.b.c")
                                .reason())
                .isEqualTo("proof-not-valid");
        assertThat(world.services.get("orders").seen()).isEmpty();
        assertThat(world.recorded.reasons())
                .contains("certificate-missing", "certificate-not-valid");
    }

    @ParameterizedTest
    @EnumSource
    void whoIsBoundToNothingNeedsNoCertificate(NodeSettings.TlsLibrary library) throws Exception {
        begin(library);
        String free = World.bearer(world.tokens.of("ana", "shopper", "orders.place"));
        assertThat(place(HOST, null, free).status()).isEqualTo(200);
        assertThat(place(HOST, world.issue("robot"), free).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void theDoorAnswersForItsOwnHostsOnly(NodeSettings.TlsLibrary library) throws Exception {
        begin(library);
        try (Wire wire = Wire.asking(world.door, "shop.example.com", null)) {
            assertThat(wire.get("shop.example.com", "/products").status()).isEqualTo(200);
            assertThat(wire.get("Shop.Example.com:8443", "/products").status()).isEqualTo(200);
            assertThat(wire.get("127.0.0.1:8443", "/products").status()).isEqualTo(200);
            for (String host :
                    new String[] {"evil.example", "shop.example.com.evil.example", "10.0.0.1"}) {
                Wire.Reply reply = wire.get(host, "/products");
                assertThat(reply.status()).as(host).isEqualTo(421);
                assertThat(reply.reason()).isEqualTo("misdirected");
            }
            assertThat(wire.get("evil.example", "/auth/jwks").status()).isEqualTo(421);
            assertThat(wire.get(HOST, "/products").status())
                    .as("on a connection that was asked for no certificate")
                    .isEqualTo(421);
        }
        try (Wire wire = Wire.asking(world.door, "evil.example", null)) {
            assertThat(wire.get("evil.example", "/products").status()).isEqualTo(421);
        }
        assertThat(world.recorded.reasons()).contains("misdirected");
    }
}
