package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.keys.SpiffeId;
import dev.ringwall.testkit.HandClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// For how long, and how many.
class SignersTest {

    private static Peer some;

    private final HandClock clock = HandClock.atPresent();
    private final Signers signers = new Signers(clock);

    @BeforeAll
    static void begin() {
        some =
                Peer.of(
                        new SpiffeId("shop", "gateway"),
                        List.of(World.another("shop").root().certificate()));
    }

    private static Peer peer(int number) {
        return new Peer(some.id(), some.chain(), "thumbprint " + number);
    }

    private void took(int number, int seconds) {
        signers.took(peer(number), clock.instant().plusSeconds(seconds));
    }

    private void knows(int... numbers) {
        for (int number : numbers) {
            assertThat(signers.find("thumbprint " + number)).contains(peer(number));
        }
    }

    @Test
    void aPeerIsKnownUntilTheLastOfItsTokensIsOver() {
        took(1, 30);
        took(1, 10);
        clock.advance(Duration.ofSeconds(30).minusNanos(1));
        knows(1);
        clock.advance(Duration.ofNanos(1));
        assertThat(signers.find("thumbprint 1")).isEmpty();
        took(2, 30);
        assertThat(signers.size()).as("who is over is not kept").isOne();
    }

    @Test
    void whereThereIsNoRoomTheOneThatWouldBeForgottenFirstMakesIt() {
        for (int i = 0; i < Signers.REMEMBERED_MAX; i++) {
            took(i, i == 7 ? 20 : 30);
        }
        knows(0, 7, Signers.REMEMBERED_MAX - 1);
        took(8, 40);
        knows(7);
        took(Signers.REMEMBERED_MAX, 30);
        assertThat(signers.size()).isEqualTo(Signers.REMEMBERED_MAX);
        assertThat(signers.find("thumbprint 7")).isEmpty();
        knows(0, 8, Signers.REMEMBERED_MAX);
    }
}
