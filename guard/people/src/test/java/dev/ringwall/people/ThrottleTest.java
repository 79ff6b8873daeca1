package dev.ringwall.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.store.Database;
import dev.ringwall.store.Store;
import dev.ringwall.testkit.HandClock;
import dev.ringwall.testkit.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrottleTest {

    @TempDir Path folder;
    private final HandClock clock = HandClock.at(Instant.parse("2026-11-23T10:00:00Z"));
    private Store store;
    private Throttle throttle;

    @BeforeEach
    void open() {
        store =
                Store.open(
                        Postgres.freshIfWanted()
                                .<Database>map(address ->
                                        Database.Server.at(
                                                address, Database.Password.of(Postgres.PASSWORD)))
                                .orElseGet(() -> new Database.Embedded(folder.resolve("t.db"))),
                        Directory.tables());
        throttle = new Throttle(store, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void fail(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(name, address);
        }
    }

    @Test
    void theFirstFailuresAreFreeAndTheNextDoubleThePauseUpToALimit() {
        fail("ana", "192.0.2.1", Throttle.FREE_PER_ACCOUNT_AND_ADDRESS - 1);
        assertThat(throttle.wait("ana", "192.0.2.1")).isEmpty();
        fail("ana", "192.0.2.1", 1);
        assertThat(throttle.wait("Ana ", "192.0.2.1")).contains(Duration.ofSeconds(1));
        fail("ana", "192.0.2.1", 1);
        assertThat(throttle.wait("ana", "192.0.2.1")).contains(Duration.ofSeconds(2));
        fail("ana", "192.0.2.1", 20);
        assertThat(throttle.wait("ana", "192.0.2.1")).contains(Throttle.WAIT_MAX);
        clock.advance(Throttle.WAIT_MAX);
        assertThat(throttle.wait("ana", "192.0.2.1")).isEmpty();
    }

    @Test
    void anAddressThatTriesManyNamesIsSlowedDownForAllOfThem() {
        for (int i = 0; i <= Throttle.FREE_PER_ADDRESS; i++) {
            fail("name" + i, "192.0.2.1", 1);
        }
        assertThat(throttle.wait("somebody", "192.0.2.1")).isPresent();
        assertThat(throttle.wait("somebody", "192.0.2.2")).isEmpty();
    }

    @Test
    void whoeverHasOneIpv6AddressHasAllOfTheNetwork() {
        for (int i = 0; i <= Throttle.FREE_PER_ADDRESS; i++) {
            fail("name" + i, "2001:db8:1:2:3:4:5:" + Integer.toHexString(i), 1);
        }
        assertThat(throttle.wait("somebody", "2001:db8:1:2:ffff:0:0:1")).isPresent();
        assertThat(throttle.wait("somebody", "2001:db8:1:3:ffff:0:0:1")).isEmpty();
    }

    @Test
    void manyAddressesTogetherGuessNoMoreThanOneAndTheOwnerIsNotLockedOut() {
        throttle.succeeded("ana", "198.51.100.7");
        for (int i = 0; i <= Throttle.FREE_PER_ACCOUNT + 20; i++) {
            fail("ana", "192.0.2." + i, 1);
        }
        assertThat(throttle.wait("ana", "203.0.113.99")).contains(Throttle.WAIT_MAX);
        assertThat(throttle.wait("ana", "198.51.100.7")).isEqualTo(Optional.empty());
    }

    @Test
    void failuresAreForgotten() {
        fail("ana", "192.0.2.1", 30);
        clock.advance(Throttle.MEMORY.plusSeconds(1));
        assertThat(throttle.wait("ana", "192.0.2.1")).isEmpty();
        fail("ana", "192.0.2.1", 1);
        assertThat(throttle.wait("ana", "192.0.2.1")).isEmpty();
    }

    @Test
    void whatIsOverIsForgottenByAndBy() {
        fail("ana", "192.0.2.1", 1);
        assertThat(store.forget(clock.instant())).isZero();
        clock.advance(Throttle.FAMILIAR.plusDays(1));
        assertThat(store.forget(clock.instant())).isEqualTo(3);
    }
}
