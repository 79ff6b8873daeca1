package dev.ringwall.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.audit.Shipment;
import dev.ringwall.audit.Spool;
import dev.ringwall.events.Actor;
import dev.ringwall.events.AdminAct;
import dev.ringwall.events.Header;
import dev.ringwall.events.Ids;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.link.Messages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShipperTest {

    private static final int EVENTS = 2_500;

    @TempDir Path folder;
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));
    private final List<Long> arrived = new ArrayList<>();
    private Spool spool;

    @BeforeEach
    void open() throws Exception {
        spool = ((Spool.Opening.Opened) Spool.open(folder, Spool.BYTES_MAX_DEFAULT, clock)).spool();
        Ids ids = new Ids(clock);
        for (int i = 0; i < EVENTS; i++) {
            Header header =
                    new Header(
                            ids.next(),
                            clock.instant(),
                            "shop",
                            "gateway",
                            Optional.empty(),
                            Optional.empty());
            var kept =
                    spool.record(
                            new SecurityEvent.Administered(
                                    header,
                                    AdminAct.NODE_JOINED,
                                    Actor.system(),
                                    "event " + i,
                                    Map.of()));
            if (i == EVENTS - 1) {
                kept.toCompletableFuture().join();
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        spool.close();
    }

    @Test
    void everyEventArrivesOnceAlsoWhenManyWaitInOneFile() throws Exception {
        ship(new Shipper(spool, this::take));
        assertThat(arrived).containsExactlyElementsOf(sequences(1));
    }

    @Test
    void whatIsNotAcknowledgedIsSentAgain() throws Exception {
        boolean[] away = {true};
        Shipper shipper =
                new Shipper(
                        spool,
                        batch ->
                                away[0]
                                        ? new ControlLink.Reply.Unavailable<>("away")
                                        : take(batch));
        assertThat(shipper.run()).isFalse();
        away[0] = false;
        ship(shipper);
        assertThat(arrived).containsExactlyElementsOf(sequences(1));
    }

    @Test
    void anAcknowledgementOfMoreThanWasSentSkipsNothing() throws Exception {
        ship(
                new Shipper(
                        spool,
                        batch -> {
                            take(batch);
                            return new ControlLink.Reply.Answered<>(
                                    new Messages.Ack(Long.MAX_VALUE));
                        }));
        assertThat(arrived).containsExactlyElementsOf(sequences(1));
    }

    @Test
    void theRestOfALargeBatchWaitsForWhatComesMeanwhile() throws Exception {
        Shipper shipper = new Shipper(spool, this::take);
        long before = System.nanoTime();
        assertThat(shipper.run()).isTrue();
        assertThat(arrived.size()).isBetween(EVENTS / 2 + 1, EVENTS - 1);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThanOrEqualTo(Shipper.GATHERING);
    }

    private ControlLink.Reply<Messages.Ack> take(Shipment batch) {
        LongStream.rangeClosed(batch.first(), batch.last()).forEach(arrived::add);
        return new ControlLink.Reply.Answered<>(new Messages.Ack(batch.last()));
    }

    private void ship(Shipper shipper) throws InterruptedException {
        int before;
        do {
            before = arrived.size();
            assertThat(shipper.run()).isTrue();
        } while (arrived.size() > before);
    }

    private static List<Long> sequences(long first) {
        return LongStream.range(first, first + EVENTS).boxed().toList();
    }
}
