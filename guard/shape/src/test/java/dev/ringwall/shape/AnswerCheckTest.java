package dev.ringwall.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringwall.model.AnswerShape;
import dev.ringwall.testkit.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is taken out of answers, and what is not.
class AnswerCheckTest {

    private static final String JSON = "application/json";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'properties':{'a':{}},'additionalProperties':false}  | {'a':1}             | whole
                    {'properties':{'a':{}},'additionalProperties':false}  | {'b':1,'a':[1.50]}  | {'a':[1.50]} without /b
                    {'properties':{'a':{}},'additionalProperties':true}   | {'b':1}             | whole
                    {'properties':{'a':{'type':'string'}},'additionalProperties':false} | {'a':1} | /a: type
                    {'items':{'properties':{},'additionalProperties':false}} | [{'a':{'b':{}}},1,{'c':1}] | [{},1,{}] without /0/a /2/c
                    {'allOf':[{'properties':{'a':{}}},{'properties':{'b':{}}}],'unevaluatedProperties':false} | {'a':1,'b':2,'c':3} | {'a':1,'b':2} without /c
                    {'oneOf':[{'properties':{'k':{'const':1},'a':{}},'required':['k']},{'properties':{'k':{'const':2},'b':{}},'required':['k']}],'unevaluatedProperties':false} | {'k':2,'a':1,'b':2} | {'k':2,'b':2} without /a
                    {'anyOf':[{'properties':{'a':{'properties':{'x':{}},'additionalProperties':false}},'required':['a']},{'type':'string'}]} | {'a':{'x':1,'y':2}} | {'a':{'x':1}} without /a/y
                    {'not':{'properties':{},'additionalProperties':false}} | {'a':1} | whole
                    {'not':{'properties':{},'additionalProperties':false}} | {} | not
                    {'properties':{'a':{}},'additionalProperties':false,'required':['b']} | {'a':1,'c':2} | /b: required
                    """)
    void whatNobodyDeclaredIsTakenOut(String schema, String said, String expected) {
        assertThat(trimmed(quoted(schema), quoted(said))).isEqualTo(quoted(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "200, application/json, true",
        "200, application/json; charset=utf-8, true",
        "200, APPLICATION/JSON, true",
        "200, text/html, false",
        "201, application/json, false",
        "404, application/json, true",
        "500, application/json, false",
        "503, application/problem+json, true"
    })
    void theExactStatusCountsBeforeItsClassAndThatBeforeDefault(
            int status, String type, boolean checked) {
        AnswerCheck check =
                AnswerCheck.of(
                        new AnswerShape(
                                Map.of(
                                        "200", Map.of(JSON, "{}"),
                                        "201", Map.of(),
                                        "4XX", Map.of(JSON, "{}"),
                                        "default", Map.of("application/problem+json", "{}"))));
        assertThat(check.checks(status, type)).isEqualTo(checked);
    }

    @Test
    void whatIsLeftFitsAndWhatFitsIsLeftWhole() {
        int[] outcomes = new int[3];
        Seeds.each(
                4_000,
                random -> {
                    String schema = closed(random, 3);
                    BodyCheck strict = BodyCheck.of(schema);
                    AnswerCheck check = check(schema);
                    for (int i = 0; i < 10; i++) {
                        byte[] value = bytes(new RandomValues(random).value(3));
                        boolean fits = strict.check(value) instanceof Verdict.Fits;
                        switch (check.trim(200, JSON, value)) {
                            case AnswerCheck.Trimmed.Whole() -> {
                                assertThat(fits).isTrue();
                                outcomes[0]++;
                            }
                            case AnswerCheck.Trimmed.Without(var left, var dropped) -> {
                                assertThat(fits).isFalse();
                                assertThat(dropped).isNotEmpty();
                                assertThat(strict.check(bytes(text(left))))
                                        .as(schema)
                                        .isEqualTo(Verdict.FITS);
                                outcomes[1]++;
                            }
                            case AnswerCheck.Trimmed.Unfit _ -> {
                                assertThat(fits).isFalse();
                                outcomes[2]++;
                            }
                        }
                    }
                });
        assertThat(outcomes[0]).isGreaterThan(100);
        assertThat(outcomes[1]).isGreaterThan(100);
        assertThat(outcomes[2]).isGreaterThan(100);
    }

    @Test
    void noBytesMakeItFail() {
        Seeds.each(
                20_000,
                random -> {
                    byte[] bytes = bytes(new RandomValues(random).value(4));
                    for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
                        bytes[random.nextInt(bytes.length)] =
                                random.nextBoolean()
                                        ? (byte) random.nextInt()
                                        : (byte) "{}[]\",:\\u0e-.\n".charAt(random.nextInt(14));
                    }
                    AnswerCheck check = check(closed(random, 2));
                    assertThat(check.trim(200, JSON, bytes)).isNotNull();
                    assertThat(BodyCheck.ofForms("{}").check(bytes)).isNotNull();
                });
    }

    /// A closed schema of the kinds where dropping cannot turn one answer into another.
    private static String closed(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 7)) {
            case 0 -> "{}";
            case 1 -> "{\"type\":[\"string\",\"number\",\"null\"]}";
            case 2 ->
                    "{\"type\":[\"array\",\"object\"],\"items\":" + closed(random, depth - 1) + "}";
            case 3 ->
                    "{\"allOf\":[{\"properties\":{\"a\":"
                            + closed(random, depth - 1)
                            + "}},{\"properties\":{\"b\":"
                            + closed(random, depth - 1)
                            + "}}],\"unevaluatedProperties\":false}";
            case 4 ->
                    "{\"anyOf\":["
                            + closed(random, depth - 1)
                            + ","
                            + closed(random, depth - 1)
                            + "],\"unevaluatedProperties\":false}";
            default ->
                    "{\"type\":\"object\",\"properties\":{\"a\":"
                            + closed(random, depth - 1)
                            + ",\"c\":"
                            + closed(random, depth - 1)
                            + "},\"additionalProperties\":false}";
        };
    }

    private static AnswerCheck check(String schema) {
        return AnswerCheck.of(new AnswerShape(Map.of("200", Map.of(JSON, schema))));
    }

    private static String trimmed(String schema, String said) {
        return switch (check(schema).trim(200, JSON, bytes(said))) {
            case AnswerCheck.Trimmed.Whole() -> "whole";
            case AnswerCheck.Trimmed.Without(var left, List<String> dropped) ->
                    text(left) + " without " + String.join(" ", dropped);
            case AnswerCheck.Trimmed.Unfit(Verdict.Broken why) -> why.said();
        };
    }

    private static String text(ByteBuffer left) {
        return StandardCharsets.UTF_8.decode(left).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }
}
