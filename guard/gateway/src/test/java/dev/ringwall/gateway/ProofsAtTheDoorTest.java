package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.keys.DoorCertificates;
import dev.ringwall.keys.Identity;
import dev.ringwall.keys.Profile;
import dev.ringwall.keys.ServerCertificate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What proves to an authority that a name is ours (RFC 8737) is seen by who asks as an authority does, and by nobody else.
class ProofsAtTheDoorTest {

    private static final String HOST = "shop.example.com";

    private World world;
    private Identity usual;
    private Identity proof;

    private void begin(NodeSettings.TlsLibrary library) throws Exception {
        UnaryOperator<NodeSettings> settings = one -> one.with(library);
        world =
                new World(
                        Map.of("ringwall.yaml", Shop.YAML + "domain: " + HOST + "\n"),
                        settings,
                        Rings::standard);
        usual = world.authority.issue(new Profile.Door(Set.of(HOST)));
        proof = world.authority.issue(new Profile.Door(Set.of(HOST)));
        show(Map.of(HOST, ServerCertificate.of(proof)));
    }

    private void show(Map<String, ServerCertificate> proofs) {
        world.shown.swap(new DoorCertificates(List.of(ServerCertificate.of(usual)), proofs));
    }

    @AfterEach
    void end() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void anAuthorityThatAsksSeesTheProofAndNothingElse(NodeSettings.TlsLibrary library)
            throws Exception {
        begin(library);

        try (Wire wire = Wire.asking(world.door, HOST, null, ClientHello.ACME)) {
            assertThat(wire.peer()).isEqualTo(proof.certificate());
            assertThat(wire.protocol()).isEqualTo("acme-tls/1");
            assertThatThrownBy(() -> wire.get(HOST, "/products"))
                    .as("no HTTP is spoken")
                    .isInstanceOf(IOException.class);
        }
        assertThat(world.services.get("catalog").seen()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyElseSeesTheProof(NodeSettings.TlsLibrary library) throws Exception {
        begin(library);

        seesTheUsual(HOST);
        seesTheUsual(HOST, "http/1.1");
        seesTheUsual(HOST, "http/1.1", ClientHello.ACME);
        seesTheUsual(HOST, ClientHello.ACME, "h2");
        seesTheUsual("other.example.com", ClientHello.ACME);
        show(Map.of());
        seesTheUsual(HOST, ClientHello.ACME);
    }

    private void seesTheUsual(String host, String... protocols) throws IOException {
        try (Wire wire = Wire.asking(world.door, host, null, protocols)) {
            assertThat(wire.peer())
                    .as(host + " " + List.of(protocols))
                    .isEqualTo(usual.certificate());
            assertThat(wire.protocol()).isNotEqualTo("acme-tls/1");
        }
    }
}
