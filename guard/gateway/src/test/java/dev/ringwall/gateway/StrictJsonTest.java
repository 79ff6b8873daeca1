package dev.ringwall.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class StrictJsonTest {

    private static final JsonMapper JACKSON = JsonMapper.shared();

    private static final List<String> TEXTS =
            List.of(
                    "{}",
                    "[]",
                    " null ",
                    "true",
                    "\"söüß\\u0000\\n\\ud83d\\ude00\"",
                    "-0",
                    "2147483647",
                    "2147483648",
                    "9223372036854775808",
                    "1.5e3",
                    "{\"a\":[1,[],{\"b\":null,\"c\":false}],\"\":\"\",\"exp\":1764533730}",
                    "[".repeat(StrictJson.DEPTH_MAX) + "]".repeat(StrictJson.DEPTH_MAX));

    @Test
    void itReadsWhatJacksonReads() {
        for (String text : TEXTS) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThat(StrictJson.tree(bytes)).as(text).isEqualTo(JACKSON.readTree(text));
            assertThat(StrictJson.tree(text)).as(text).isEqualTo(JACKSON.readTree(text));
            assertThat(StrictJson.value(bytes))
                    .as(text)
                    .isEqualTo(JACKSON.readValue(text, Object.class));
        }
    }

    @Test
    void whatEverybodyReadsInAnotherWayIsRefused() {
        for (String text :
                List.of(
                        "{",
                        "{\"a\":1",
                        "[1,]",
                        "{\"a\":1,\"a\":1}",
                        "{\"b\":{\"a\":1,\"a\":2}}",
                        "{} {}",
                        "1 x",
                        "{'a':1}",
                        "NaN",
                        "01",
                        "\"\n\"",
                        "]",
                        "[".repeat(StrictJson.DEPTH_MAX + 1)
                                + "]".repeat(StrictJson.DEPTH_MAX + 1))) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> StrictJson.tree(bytes))
                    .as(text)
                    .isInstanceOf(JacksonException.class);
            assertThatThrownBy(() -> StrictJson.value(bytes))
                    .as(text)
                    .isInstanceOf(JacksonException.class);
        }
    }

    @Test
    void whereThereIsNothingATreeIsMissingAndAValueIsNone() {
        assertThat(StrictJson.tree(" ").isMissingNode()).isTrue();
        assertThatThrownBy(() -> StrictJson.value(new byte[0]))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void itWritesWhatJacksonWrites() {
        Map<String, Object> members = new TreeMap<>();
        members.put("text", "a\"b\\c\n\u0001ü\ud83d\ude00/");
        members.put("numbers", List.of(1, -2L, Long.MAX_VALUE));
        members.put("others", Arrays.asList(null, true, Map.of(), List.of()));
        members.put("inner", Map.of("x5t#S256", "v"));
        assertThat(StrictJson.write(members))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(JACKSON.writeValueAsString(members));
        assertThatThrownBy(() -> StrictJson.write(Map.of("a", new Object())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
