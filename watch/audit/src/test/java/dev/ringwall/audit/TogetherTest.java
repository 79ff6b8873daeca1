package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.EventJson;
import dev.ringwall.events.Recorder.Outcome;
import dev.ringwall.events.SecurityEvent;
import dev.ringwall.events.SecurityEvent.CallDecided;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events that are recorded in one go.
class TogetherTest {

    @TempDir Path folder;

    @Test
    void whatComesTogetherIsKeptInOrderAndEachAsFirmlyAsItAsks() throws IOException {
        try (Spool spool = open(10_000_000)) {
            List<SecurityEvent> together = new ArrayList<>();
            for (int i = 1; i <= 2_000; i++) {
                together.add(i % 2 == 0 ? Events.firm(i) : Events.refusal(i));
            }

            var outcomes = spool.record(together);

            assertThat(outcomes.getFirst().toCompletableFuture()).isDone();
            outcomes.forEach(outcome ->
                    assertThat(outcome.toCompletableFuture().join()).isEqualTo(new Outcome.Kept()));
            List<byte[]> kept = new ArrayList<>();
            for (Batch batch = Shipped.after(spool, 0);
                    !batch.events().isEmpty();
                    batch = Shipped.after(spool, batch.last())) {
                kept.addAll(batch.events());
            }
            assertThat(kept)
                    .usingElementComparator(Arrays::compare)
                    .containsExactlyElementsOf(together.stream().map(EventJson::write).toList());
        }
    }

    @Test
    void ofWhatComesTogetherOnlyWhatFitsIsKept() throws IOException {
        try (Spool spool = open(400_000)) {
            List<SecurityEvent> together = new ArrayList<>();
            long room = 400_000;
            int fitting = 0;
            for (int i = 1; room > 0; i++) {
                SecurityEvent event = Events.refusal(i);
                together.add(event);
                room -= SpoolSegment.FRAME_HEADER_BYTES + EventJson.write(event).length;
                fitting += room >= 0 ? 1 : 0;
            }

            List<Outcome> outcomes = new ArrayList<>();
            spool.record(together)
                    .forEach(stage -> outcomes.add(stage.toCompletableFuture().join()));

            assertThat(outcomes.subList(0, fitting)).containsOnly(new Outcome.Kept());
            assertThat(outcomes.getLast()).isEqualTo(new Outcome.Lost("the spool is full"));
            assertThat(spool.bytesWaiting()).isLessThanOrEqualTo(400_000);
        }
    }

    @Test
    void anEventThatIsTooLargeTakesNoOtherWithIt() throws IOException {
        try (Spool spool = open(10_000_000)) {
            List<Outcome> outcomes = new ArrayList<>();
            spool.record(List.of(Events.firm(1), Events.huge(), Events.firm(2)))
                    .forEach(stage -> outcomes.add(stage.toCompletableFuture().join()));

            assertThat(outcomes.get(0)).isEqualTo(new Outcome.Kept());
            assertThat(outcomes.get(1)).isInstanceOf(Outcome.Lost.class);
            assertThat(outcomes.get(2)).isEqualTo(new Outcome.Kept());
            assertThat(Shipped.after(spool, 0).events()).hasSize(2);
        }
    }

    @Test
    void aFloodIsFoldedAlsoAmongWhatComesTogether() throws IOException {
        try (Spool spool = open(10_000_000)) {
            List<SecurityEvent> together = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                together.add(i == 500 ? Events.firm(i) : Events.refusal(i));
            }
            try (Folding folding =
                    Folding.over(
                            spool, folder.resolve("folding"), InstantSource.fixed(Events.AT))) {
                folding.record(together)
                        .forEach(stage ->
                                assertThat(stage.toCompletableFuture().join())
                                        .isEqualTo(new Outcome.Kept()));
            }
            spool.record(Events.firm(1_001)).toCompletableFuture().join();
            long counted = 0;
            int firm = 0;
            for (byte[] event : Shipped.after(spool, 0).events()) {
                switch (((EventJson.Parsed.Event) EventJson.read(event)).event()) {
                    case CallDecided call -> counted += call.times();
                    case SecurityEvent other -> firm++;
                }
            }
            assertThat(counted).isEqualTo(999);
            assertThat(firm).isEqualTo(2);
            assertThat(Shipped.after(spool, 0).events()).hasSizeLessThan(20);
        }
    }

    private Spool open(long bytesMax) throws IOException {
        return ((Spool.Opening.Opened)
                        Spool.open(folder.resolve("spool"), bytesMax, InstantSource.system()))
                .spool();
    }
}
