package dev.ringwall.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.model.Network;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {

    private static final Reach PUBLIC = new Reach(false, List.of());

    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"})
    void publicAddressesAreReached(String address) {
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "::1",
                "0.0.0.0",
                "::",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "fec0::1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "::ffff:127.0.0.1"
            })
    void privateAddressesAreNot(String address) {
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void aDeclaredNetworkIsReachedAndTheOneBesideIsNot() {
        Reach reach = new Reach(false, List.of(Network.parse("10.20.0.0/16").orElseThrow()));

        assertThat(reach.allows(InetAddress.ofLiteral("10.20.3.4"))).isTrue();
        assertThat(reach.allows(InetAddress.ofLiteral("10.21.3.4"))).isFalse();
    }

    @Test
    void thisMachineIsReachedByAStandInAlone() throws Untrusted {
        Reach standIn = new Reach(true, List.of());

        assertThat(standIn.allows(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
        assertThat(standIn.allows(InetAddress.ofLiteral("10.0.0.1"))).isFalse();
        assertThat(standIn.address("http://127.0.0.1:4000/token").getPort()).isEqualTo(4000);
        assertThatThrownBy(() -> PUBLIC.address("http://127.0.0.1:4000/token"))
                .isInstanceOf(Untrusted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.acme.example/token",
                "https://user@login.acme.example/token",
                "https://login.acme.example/token#part",
                "file:///etc/passwd",
                "/token",
                "https:///token",
                "javascript:alert(1)",
                "not an address"
            })
    void anAddressThatIsNoneIsRefused(String address) {
        assertThatThrownBy(() -> PUBLIC.address(address)).isInstanceOf(Untrusted.class);
        assertThatThrownBy(() -> new Reach(true, List.of()).address(address))
                .isInstanceOf(Untrusted.class);
    }
}
