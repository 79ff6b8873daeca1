package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.ApiKey;
import dev.ringwall.model.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// API keys at the door.
class ApiKeysAtTheDoorTest {

    private static World world;

    @BeforeAll
    static void begin() throws Exception {
        world = World.of(Shop.YAML);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @Test
    void aKeyOpensFromItsNetworkUntilItExpires() throws IOException {
        ApiKey key = ApiKey.random();
        Instant end = world.clock.instant().plus(Duration.ofMinutes(1));
        world.keys(known(key, List.of(), Optional.of(end)));
        String bearer = World.bearer(key.dangerousText());
        assertThat(ship("127.0.0.9", bearer).status()).isEqualTo(200);
        assertThat(ship("127.0.0.9", "Ringwall-Key: " + key.dangerousText()).status())
                .isEqualTo(200);
        assertThat(world.services.get("orders").last().headers())
                .containsEntry("ringwall-caller", key.id())
                .containsEntry("ringwall-roles", "warehouse")
                .doesNotContainKey("ringwall-key");
        assertThat(ship("127.9.0.1", bearer).reason())
                .as("the role's networks")
                .isEqualTo("address-not-allowed");
        world.keys(known(key, List.of(network("127.0.0.8/32")), Optional.of(end)));
        assertThat(ship("127.0.0.9", bearer).reason())
                .as("the key's own networks")
                .isEqualTo("address-not-allowed");
        assertThat(ship("127.0.0.8", bearer).status()).isEqualTo(200);
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(ship("127.0.0.8", bearer).reason()).isEqualTo("key-expired");
    }

    @Test
    void aKeyWithAnotherSecretOrNobodysKeyIsUnknown() throws IOException {
        ApiKey known = ApiKey.random();
        world.keys(
                new Snapshot.KnownKey(
                        known.id(),
                        ApiKey.random().sha256(),
                        "warehouse",
                        List.of(),
                        Optional.empty()));
        assertThat(ship("127.0.0.7", World.bearer(known.dangerousText())).reason())
                .isEqualTo("key-unknown");
        assertThat(ship("127.0.0.7", World.bearer(ApiKey.random().dangerousText())).reason())
                .isEqualTo("key-unknown");
        String garbled = known.dangerousText().substring(0, 65) + "!";
        assertThat(ship("127.0.0.7", World.bearer(garbled)).reason()).isEqualTo("token-malformed");
    }

    private static Snapshot.KnownKey known(
            ApiKey key, List<Network> from, Optional<Instant> expires) {
        return new Snapshot.KnownKey(key.id(), key.sha256(), "warehouse", from, expires);
    }

    private static Network network(String text) {
        return Network.parse(text).orElseThrow();
    }

    private static Wire.Reply ship(String from, String credential) throws IOException {
        try (Wire wire = Wire.tls(world.door, InetAddress.getByName(from), null)) {
            return wire.post("/orders/17/ship", "{}", credential);
        }
    }
}
