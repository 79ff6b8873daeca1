package dev.ringwall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.events.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogEntryTest {

    private static final LogEntry.Origin ODD = new LogEntry.Origin("a\"b\\ü\n", "01J9", 1L << 40);

    @Test
    void anEntryIsReadAsItWasWritten() {
        for (Optional<LogEntry.Origin> origin :
                List.of(Optional.<LogEntry.Origin>empty(), Optional.of(ODD))) {
            LogEntry entry = new LogEntry(origin, Events.refusal(5));

            assertThat(LogEntry.parse(entry.bytes())).isEqualTo(new LogEntry.Parsed.Entry(entry));
            assertThat(LogEntry.key(entry.bytes()))
                    .contains(new LogEntry.Key(origin, Optional.of(Events.id(5))));
        }
    }

    @Test
    void theKeyIsTheParsersHoweverTheEntryWasChanged() {
        byte[] good =
                new LogEntry(
                                Optional.of(new LogEntry.Origin("gateway", Events.id(9), 17)),
                                Events.refusal(5))
                        .bytes();
        assertThat(Envelope.key(good, 0, good.length)).isPresent().isEqualTo(LogEntry.key(good));
        int key = new String(good, StandardCharsets.UTF_8).indexOf("\"hop\"");
        for (int at = 0; at < key; at++) {
            for (char other : "\"\\{}[]:, 0-a\n\u007f".toCharArray()) {
                byte[] changed = good.clone();
                changed[at] = (byte) other;
                Optional<LogEntry.Key> recognised = Envelope.key(changed, 0, changed.length);
                if (recognised.isPresent()) {
                    assertThat(recognised)
                            .as(new String(changed, StandardCharsets.UTF_8))
                            .isEqualTo(LogEntry.parsedKey(changed));
                }
            }
        }
    }

    @Test
    void theKeyOfAnEntryBetweenOthersIsItsOwn() {
        for (Optional<LogEntry.Origin> origin :
                List.of(Optional.<LogEntry.Origin>empty(), Optional.of(ODD))) {
            byte[] entry = new LogEntry(origin, Events.refusal(5)).bytes();
            byte[] row = new byte[entry.length * 3];
            for (int i = 0; i < 3; i++) {
                System.arraycopy(entry, 0, row, i * entry.length, entry.length);
            }

            assertThat(LogEntry.key(row, entry.length, entry.length * 2))
                    .isEqualTo(LogEntry.key(entry));
        }
    }

    @Test
    void theOrderOfItsKeysDoesNotMatter() {
        String event = new String(EventJson.write(Events.refusal(5)), StandardCharsets.UTF_8);
        byte[] bytes =
                ("{\"event\": "
                                + event
                                + " ,\"new\":[{}],\"spool\":\"01J9\",\"sequence\":7,\"from\":\"a\"}")
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(LogEntry.parse(bytes))
                .isEqualTo(
                        new LogEntry.Parsed.Entry(
                                new LogEntry(
                                        Optional.of(new LogEntry.Origin("a", "01J9", 7)),
                                        Events.refusal(5))));
    }

    @Test
    void whatIsNoEntryIsNone() {
        for (String none :
                List.of(
                        "",
                        "[]",
                        "17",
                        "{}",
                        "{\"event\":",
                        "{\"event\":17}",
                        "{\"event\":{}}",
                        "{\"from\":")) {
            byte[] bytes = none.getBytes(StandardCharsets.UTF_8);

            assertThat(LogEntry.parse(bytes))
                    .as(none)
                    .isInstanceOf(LogEntry.Parsed.Malformed.class);
            assertThat(LogEntry.key(bytes).flatMap(LogEntry.Key::request)).as(none).isEmpty();
        }
    }
}
