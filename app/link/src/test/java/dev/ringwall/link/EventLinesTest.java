package dev.ringwall.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {

    @Test
    void whatIsJoinedIsSplitAgain() {
        for (List<String> events :
                List.of(List.<String>of(), List.of("{}"), List.of("{\"a\":1}", "", "{\"ü\":2}"))) {
            byte[] message =
                    EventLines.join(
                            events.stream()
                                    .map(event -> event.getBytes(StandardCharsets.UTF_8))
                                    .toList());

            assertThat(texts(message)).isEqualTo(events);
        }
    }

    @Test
    void whatFollowsTheLastLineBreakIsAnEventAsWell() {
        assertThat(texts("{}\n[]".getBytes(StandardCharsets.UTF_8))).containsExactly("{}", "[]");
    }

    @Test
    void breaksAreFoundWhereverTheyStand() {
        for (int length = 0; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                byte[] message = new byte[length];
                Arrays.fill(message, (byte) (at % 3 == 0 ? 0x8a : at % 3 == 1 ? '\n' + 1 : 0));
                message[at] = '\n';
                message[at / 2] = '\n';

                assertThat(EventLines.split(message)).containsExactlyElementsOf(naive(message));
            }
        }
    }

    private static List<byte[]> naive(byte[] message) {
        List<byte[]> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte letter : message) {
            if (letter == '\n') {
                lines.add(line.toByteArray());
                line.reset();
            } else {
                line.write(letter);
            }
        }
        if (line.size() > 0) {
            lines.add(line.toByteArray());
        }
        return lines;
    }

    private static List<String> texts(byte[] message) {
        return EventLines.split(message).stream()
                .map(event -> new String(event, StandardCharsets.UTF_8))
                .toList();
    }
}
