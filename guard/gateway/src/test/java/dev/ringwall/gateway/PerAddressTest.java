package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One address holds only a part of the door's connections.
class PerAddressTest {

    private static final int MOST = 3;
    private static final String YAML =
            Shop.YAML + "door: { connections-per-address: " + MOST + " }\n";

    private static InetAddress at(String address) throws UnknownHostException {
        return InetAddress.getByName(address);
    }

    @Test
    void whoHoldsItsPartGetsNoMoreAndOthersDo() throws Exception {
        List<Wire> held = new ArrayList<>();
        try (World world = World.of(YAML)) {
            for (int i = 0; i < MOST; i++) {
                held.add(Wire.tls(world.door));
            }
            assertThat(opens(world, "127.0.0.1")).isFalse();
            assertThat(opens(world, "127.0.0.2")).as("somebody else").isTrue();
            assertThat(held.getFirst().call("GET", "/products").status())
                    .as("what stands goes on")
                    .isEqualTo(200);
            assertThat(world.recorded.calls())
                    .anyMatch(call -> call.reason().equals(Optional.of(Reason.LIMIT_REACHED)));
            assertThat(new String(world.plane.metrics(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("ringwall_connections_turned_away_total 1.0");

            held.removeLast().close();
            World.await(() -> opens(world, "127.0.0.1"));
        } finally {
            for (Wire wire : held) {
                wire.close();
            }
        }
    }

    @Test
    void anotherDeclarationCountsForTheNextConnection() throws Exception {
        try (World world = World.of(YAML);
                Wire one = Wire.tls(world.door)) {
            world.declare(YAML.replace(": " + MOST + " }", ": 1 }"));
            assertThat(opens(world, "127.0.0.1")).isFalse();
            assertThat(one.call("GET", "/products").status()).isEqualTo(200);
        }
    }

    private static boolean opens(World world, String from) {
        try (Wire wire = Wire.tls(world.door, at(from), null)) {
            return wire.call("GET", "/products").status() == 200;
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("neither served nor closed", silent);
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void aSiteOfIpv6IsOneAddress() throws Exception {
        PerAddress held = new PerAddress();
        assertThat(held.enter(at("2001:db8:0:1::1"), 2)).isTrue();
        assertThat(held.enter(at("2001:db8:0:1:ffff::2"), 2)).isTrue();
        assertThat(held.enter(at("2001:db8:0:1::3"), 2)).isFalse();
        assertThat(held.enter(at("2001:db8:0:2::1"), 2)).isTrue();
        assertThat(held.enter(at("::ffff:203.0.113.7"), 1)).isTrue();
        assertThat(held.enter(at("203.0.113.7"), 1)).as("the same, written otherwise").isFalse();

        held.leave(at("2001:db8:0:1:ffff::2"));
        assertThat(held.enter(at("2001:db8:0:1::4"), 2)).isTrue();
        for (String each :
                List.of("2001:db8:0:1::1", "2001:db8:0:1::1", "2001:db8:0:2::1", "203.0.113.7")) {
            held.leave(at(each));
        }
        assertThat(held.size()).as("nothing is left behind").isZero();
    }
}
