package dev.ringwall.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

    private static List<String> texts(byte[] message) {
        return EventLines.split(message).stream()
                .map(event -> new String(event, StandardCharsets.UTF_8))
                .toList();
    }
}
