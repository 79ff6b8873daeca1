package dev.ringwall.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.testkit.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventTextTest {

    @Test
    void theBytesAreThoseThatTheLibraryWouldWrite() {
        JsonMapper library = JsonMapper.shared();
        Seeds.each(
                300,
                random -> {
                    byte[] bytes = EventJson.write(EventJsonTest.any(random));

                    assertThat(library.writeValueAsBytes(library.readTree(bytes))).isEqualTo(bytes);
                });
    }

    @Test
    void aTimeIsWrittenAsTheJdkWritesIt() {
        for (String time :
                List.of(
                        "2026-11-23T10:00:00Z",
                        "2026-11-23T10:00:00.120Z",
                        "2026-02-28T23:59:59.000001Z",
                        "1969-12-31T23:59:59.999999Z",
                        "2024-02-29T00:00:00.123456789Z",
                        "+12026-11-23T10:00:00Z",
                        "-0001-11-23T10:00:00.5Z")) {
            Instant at = Instant.parse(time);
            Header header =
                    new Header("id", at, "shop", "gateway", Optional.empty(), Optional.empty());

            assertThat(EventJsonTest.text(new SecurityEvent.AttackPlayed(header, "a", true, "b")))
                    .contains("\"at\":\"" + at + "\"");
        }
    }

    @Test
    void halfACharacterDoesNotLoseTheEvent() {
        String half = "\ud83d";
        SecurityEvent event =
                new SecurityEvent.AttackPlayed(EventJsonTest.HEADER, "a" + half, true, "b");

        assertThat(EventJson.read(EventJson.write(event)))
                .isEqualTo(
                        new EventJson.Parsed.Event(
                                new SecurityEvent.AttackPlayed(
                                        EventJsonTest.HEADER, "a?", true, "b")));
    }
}
