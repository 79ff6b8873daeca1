package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.Recorder.Outcome;
import dev.ringwall.events.SecurityEvent;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read out of a spool to be shipped.
class SpoolReaderTest {

    @TempDir Path folder;

    @Test
    void oneReaderReadsOnAndTheSameOnceMore() throws IOException {
        try (Spool spool = open()) {
            for (int i = 1; i <= 3_000; i++) {
                keep(spool, Events.refusal(i));
            }
            keepSynced(spool, 3_000);
            SpoolReader reader = spool.reader();
            List<byte[]> first = Shipped.batch(reader.after(0)).events();

            assertSame(first, written(1, first.size()));
            assertSame(Shipped.batch(reader.after(0)).events(), first);
            for (long sequence :
                    List.of(17L, 2_999L, 1_500L, (long) first.size(), 3_000L, 2_990L)) {
                Batch batch = Shipped.batch(reader.after(sequence));
                assertThat(batch.first()).isEqualTo(sequence + 1);
                assertSame(batch.events(), written(sequence + 1, batch.events().size()));
                assertThat(batch.events().isEmpty()).isEqualTo(sequence == 3_000);
            }
        }
    }

    @Test
    void noShipmentIsLargerThanOneMayBe() throws IOException {
        try (Spool spool = open()) {
            SpoolReader reader = spool.reader();
            int count = 3 * Batch.BYTES_MAX / EventJson.EVENT_BYTES_MAX;
            for (int i = 1; i <= count; i++) {
                assertThat(keep(spool, Events.large(i))).isEqualTo(new Outcome.Kept());
            }
            long shipped = 0;
            while (shipped < count) {
                Shipment shipment = reader.after(shipped);
                assertThat(shipment.first()).isEqualTo(shipped + 1);
                assertThat(shipment.count()).isPositive();
                assertThat(shipment.lines().remaining())
                        .isLessThanOrEqualTo(Batch.BYTES_MAX)
                        .isGreaterThan(shipped == 0 ? Batch.BYTES_MAX / 2 : 0);
                for (byte[] event : Shipped.batch(shipment).events()) {
                    assertThat(event).isEqualTo(EventJson.write(Events.large(++shipped)));
                }
            }
            assertThat(reader.after(shipped).count()).isZero();
        }
    }

    @Test
    void aReaderSeesNoFurtherThanAFlippedByte() throws IOException {
        try (Spool spool = open()) {
            for (int i = 1; i <= 20; i++) {
                keep(spool, Events.firm(i));
            }
            Path file = SpoolSegment.in(folder).getFirst();
            byte[] bytes = Files.readAllBytes(file);
            int frame = bytes.length / 20;
            for (int at : new int[] {9 * frame, 9 * frame + 5, 9 * frame + 15, 10 * frame - 1}) {
                byte[] changed = bytes.clone();
                changed[at] ^= 1;
                Files.write(file, changed);
                assertThat(Shipped.after(spool, 0).last()).isBetween(8L, 9L);
            }
            Files.write(file, bytes);
            assertThat(Shipped.after(spool, 0).last()).isEqualTo(20);
        }
    }

    @Test
    void anInterruptedReaderReadsAgainAfterwards() throws IOException {
        try (Spool spool = open()) {
            keep(spool, Events.firm(1));
            SpoolReader reader = spool.reader();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> reader.after(0))
                    .isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(reader.after(0).count()).isEqualTo(1);
            assertThat(keep(spool, Events.firm(2))).isEqualTo(new Outcome.Kept());
        }
    }

    private static void assertSame(List<byte[]> events, List<byte[]> wanted) {
        assertThat(events)
                .usingElementComparator(Arrays::compare)
                .containsExactlyElementsOf(wanted);
    }

    private static List<byte[]> written(long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(i -> EventJson.write(Events.refusal(i)))
                .toList();
    }

    private static void keepSynced(Spool spool, long sequence) {
        while (spool.syncedUpTo() < sequence) {
            Thread.onSpinWait();
        }
    }

    private static Outcome keep(Spool spool, SecurityEvent event) {
        return spool.record(event).toCompletableFuture().join();
    }

    private Spool open() throws IOException {
        return switch (Spool.open(folder, Spool.BYTES_MAX_DEFAULT, InstantSource.system())) {
            case Spool.Opening.Opened(Spool spool, List<String> damaged) -> {
                assertThat(damaged).isEmpty();
                yield spool;
            }
            case Spool.Opening.Refused refused -> throw new AssertionError(refused);
        };
    }
}
