package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FoldSlotsTest {

    @TempDir Path folder;

    @Test
    void whatCountedWhenTheFileWasClosedIsKeptAndTheRestIsFree() throws IOException {
        Path file = folder.resolve("counts");
        FoldSlots slots = FoldSlots.open(file);
        assertThat(slots.kept()).isEmpty();
        int released = slots.take(EventJson.write(Events.refusal(1)), 1);
        int counting = slots.take(EventJson.write(Events.refusal(2)), 2);
        slots.release(released);

        FoldSlots again = FoldSlots.open(file);
        assertThat(again.kept()).containsExactly(counting);
        assertThat(again.count(counting)).isEqualTo(2);
        for (int free = 1; free < FoldSlots.SLOTS_MAX; free++) {
            assertThat(again.take(EventJson.write(Events.refusal(3)), 1)).isNotNegative();
        }
        assertThat(again.take(EventJson.write(Events.refusal(3)), 1)).isNegative();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void countersThatCountNothingTakeNoMemory() throws IOException {
        Path file = folder.toRealPath().resolve("counts");
        FoldSlots slots = FoldSlots.open(file);
        assertThat(residentKilobytes(file)).isZero();
        slots.take(EventJson.write(Events.refusal(1)), 1);
        assertThat(residentKilobytes(file)).isPositive();
    }

    /// `man 5 proc_pid_smaps`: the line of a mapping ends with its file; those about it follow.
    private static long residentKilobytes(Path file) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        int at = 0;
        while (!lines.get(at).endsWith(" " + file)) {
            at++;
        }
        while (!lines.get(at).startsWith("Rss:")) {
            at++;
        }
        return Long.parseLong(lines.get(at).replaceAll("\\D", ""));
    }
}
