package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class HeldTest {

    private static final int ALL = 8_000;
    private static final int SHARE = 1_000;

    private final Held held = new Held(ALL);

    private Held.Part from(String address) {
        return from(Side.DOOR, address);
    }

    private Held.Part from(Side side, String address) {
        try {
            return held.by(side, InetAddress.getByName(address)).get();
        } catch (UnknownHostException never) {
            throw new AssertionError(never);
        }
    }

    @Test
    void oneAddressHasItsShareAndOthersTheirs() {
        Held.Part one = from("203.0.113.1");
        assertThat(one.take(SHARE)).isTrue();
        assertThat(one.take(1)).isFalse();
        assertThat(from("203.0.113.1").take(1)).isFalse();
        assertThat(from("203.0.113.2").take(SHARE)).isTrue();
    }

    @Test
    void theAddressesOfOneNetworkOfIpv6AreOne() {
        assertThat(from("2001:db8::1").take(SHARE)).isTrue();
        assertThat(from("2001:db8::2").take(1)).isFalse();
        assertThat(from("2001:db8:0:1::1").take(1)).isTrue();
    }

    @Test
    void nodesAndServicesSpeakForMany() {
        assertThat(from(Side.INBOUND, "127.0.0.1").take(ALL)).isTrue();
        assertThat(from(Side.OUTBOUND, "127.0.0.1").take(1)).isFalse();
    }

    @Test
    void allTogetherHaveALimit() {
        for (int i = 1; i <= 8; i++) {
            assertThat(from("203.0.113." + i).take(SHARE)).isTrue();
        }
        assertThat(from("203.0.113.9").take(1)).isFalse();
        assertThat(held.bytes()).isEqualTo(ALL);
    }

    @Test
    void whatIsLetGoCanBeTakenAgain() {
        Held.Part one = from("203.0.113.1");
        Held.Part two = from("203.0.113.1");
        assertThat(one.take(600)).isTrue();
        assertThat(two.take(400)).isTrue();
        one.end();
        one.end();
        assertThat(held.bytes()).isEqualTo(400);
        assertThat(two.take(600)).isTrue();
        two.end();
        assertThat(held.bytes()).isZero();
        assertThat(held.addresses()).isZero();
    }

    @Test
    void whatIsRefusedTakesNothing() {
        Held.Part one = from("203.0.113.1");
        assertThat(one.take(SHARE + 1)).isFalse();
        assertThat(held.bytes()).isZero();
        assertThat(held.addresses()).isZero();
    }
}
