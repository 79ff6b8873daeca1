package dev.ringwall.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// JSON that two programs could read differently, and JSON that is too much, whatever the schema says.
class JsonTextTest {

    private static final BodyCheck ANYTHING = BodyCheck.of("{}");

    @ParameterizedTest
    @MethodSource
    void onlyWhatReadsOneWayIsRead(String json, String said) {
        assertThat(said(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(said);
    }

    static Stream<Arguments> onlyWhatReadsOneWayIsRead() {
        JsonLimits limits = JsonLimits.MESSAGE;
        int depth = limits.depthMax();
        int string = limits.stringCharsMax();
        return Stream.of(
                Arguments.of("{\"a\":[1,true,null,\"\\u00e9é\"]}", "fits"),
                Arguments.of(" 1 ", "fits"),
                Arguments.of("", "json"),
                Arguments.of("{\"a\":1,\"a\":1}", "/a: json"),
                Arguments.of("{\"a\":1,\"\\u0061\":1}", "/a: json"),
                Arguments.of("{} {}", "json"),
                Arguments.of("{\"a\":1,}", "/a: json"),
                Arguments.of("{'a':1}", "json"),
                Arguments.of("[01]", "/0: json"),
                Arguments.of("[NaN]", "/0: json"),
                Arguments.of("[1] // ok", "json"),
                Arguments.of("\"\\ud800\"", "json"),
                Arguments.of("{\"\\udc00\":1}", "json"),
                Arguments.of("\uFEFF{}", "utf-8"),
                Arguments.of("[".repeat(depth) + "]".repeat(depth), "fits"),
                Arguments.of(
                        "[".repeat(depth + 1) + "]".repeat(depth + 1),
                        pointer(depth) + "max-depth"),
                Arguments.of("\"" + "a".repeat(string) + "\"", "fits"),
                Arguments.of("\"" + "a".repeat(string + 1) + "\"", "max-string"),
                Arguments.of("1".repeat(limits.numberCharsMax()), "fits"),
                Arguments.of("1".repeat(limits.numberCharsMax() + 1), "max-number"),
                Arguments.of("1e" + limits.exponentMax(), "fits"),
                Arguments.of("1e" + (limits.exponentMax() + 1), "max-number"),
                Arguments.of("1e-99999999999", "max-number"),
                Arguments.of("[" + "1".repeat(20_000) + "]", "/0: json"),
                Arguments.of("{\"" + "n".repeat(limits.nameCharsMax()) + "\":1}", "fits"),
                Arguments.of(
                        "{\"" + "n".repeat(limits.nameCharsMax() + 1) + "\":1}",
                        "/" + "n".repeat(Pointer.CHARS_MAX - 1) + "…: max-name"),
                Arguments.of("[" + "1,".repeat(limits.valuesMax() - 2) + "1]", "fits"),
                Arguments.of(
                        "[" + "1,".repeat(limits.valuesMax() - 1) + "1]",
                        "/" + (limits.valuesMax() - 1) + ": max-values"));
    }

    private static String pointer(int depth) {
        return Pointer.clipped("/0".repeat(depth)) + ": ";
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        for (String charset : new String[] {"UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1"}) {
            assertThat(said("{\"a\":\"é\"}".getBytes(Charset.forName(charset))))
                    .as(charset)
                    .isNotEqualTo("fits");
        }
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0xAF, '"'};
        byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
        assertThat(said(overlong)).isEqualTo("utf-8");
        assertThat(said(surrogate)).isEqualTo("utf-8");
    }

    @Test
    void namesThatCollideTakeNoLongerThanOthers() {
        String collided =
                IntStream.range(0, 1 << 12)
                        .mapToObj(i -> colliding(i, 12))
                        .map(name -> "\"" + name + "\":1")
                        .collect(Collectors.joining(",", "{", "}"));
        byte[] items =
                collided.replace(":1", "")
                        .replace('{', '[')
                        .replace('}', ']')
                        .getBytes(StandardCharsets.UTF_8);

        Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> said(collided.getBytes(StandardCharsets.UTF_8)));
        Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> BodyCheck.of("{\"uniqueItems\":true}").check(items));
    }

    @Test
    void aSchemaThatBranchesAtEachLevelIsGivenUp() {
        BodyCheck twice =
                BodyCheck.of(
                        """
                        {"$ref": "#/$defs/t", "$defs": {"t": {"anyOf": [
                          {"properties": {"a": {"$ref": "#/$defs/t"}, "x": false}, "required": ["x"]},
                          {"properties": {"a": {"$ref": "#/$defs/t"}, "y": false}, "required": ["y"]}]}}}
                        """);
        String deep = "{\"a\":".repeat(60) + "1" + "}".repeat(60);

        assertThat(said(twice, deep.getBytes(StandardCharsets.UTF_8))).endsWith("max-work");
    }

    @Test
    void aSchemaInCirclesIsGivenUpAlsoWhereItIsDenied() {
        BodyCheck circle =
                BodyCheck.of(
                        "{\"not\":{\"$ref\":\"#/$defs/a\"},\"$defs\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/a\"}]}}}");

        assertThat(said(circle, "{}".getBytes(StandardCharsets.UTF_8))).isEqualTo("max-work");
    }

    @Test
    void aPointerShowsNothingThatCouldForgeALine() {
        assertThat(
                        said(
                                BodyCheck.of("{\"additionalProperties\":false}"),
                                "{\"a\\n\\u202eb/~\":1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("/a??b~1~0: additionalProperties");
    }

    private static String colliding(int bits, int length) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < length; i++) {
            name.append((bits >> i & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    private static String said(byte[] json) {
        return said(ANYTHING, json);
    }

    private static String said(BodyCheck check, byte[] json) {
        return switch (check.check(json)) {
            case Verdict.Fits() -> "fits";
            case Verdict.Broken broken -> broken.said();
        };
    }
}
