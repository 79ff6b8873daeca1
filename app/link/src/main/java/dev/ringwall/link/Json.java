package dev.ringwall.link;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Records to JSON and back. A key that the record does not have, a missing one, and anything that is not the record's form is a
/// [Parsed.Malformed].
public final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /// What became of bytes that should be a record.
    public sealed interface Parsed<T> {
        /// They are one.
        record Value<T>(T value) implements Parsed<T> {}

        /// They are none.
        record Malformed<T>(String why) implements Parsed<T> {}
    }

    /// The record as JSON, UTF-8.
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// The record that the bytes say.
    public static <T> Parsed<T> read(byte[] bytes, Class<T> type) {
        try {
            T value = MAPPER.readValue(bytes, type);
            return value == null ? new Parsed.Malformed<>("null") : new Parsed.Value<>(value);
        } catch (JacksonException | NullPointerException notOne) {
            String why =
                    String.valueOf(notOne.getMessage()).lines().findFirst().orElse("unreadable");
            return new Parsed.Malformed<>(type.getSimpleName() + ": " + why);
        }
    }
}
