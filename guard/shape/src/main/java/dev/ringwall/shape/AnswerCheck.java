package dev.ringwall.shape;

import dev.ringwall.model.AnswerShape;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What answers of one operation must look like, compiled. Any thread may use it.
public final class AnswerCheck {

    private final Map<String, Map<String, Schema>> byStatus = new HashMap<>();

    private AnswerCheck(AnswerShape shape) {
        shape.answers()
                .forEach((status, bodies) -> {
                    Map<String, Schema> schemas = new HashMap<>();
                    bodies.forEach((type, schema) ->
                            schemas.put(
                                    type.toLowerCase(Locale.ROOT), SchemaCompiler.compile(schema)));
                    byStatus.put(status.toUpperCase(Locale.ROOT), schemas);
                });
    }

    /// Compiles a shape.
    ///
    /// @throws IllegalArgumentException when a schema is none; the reader of declarations refuses such
    public static AnswerCheck of(AnswerShape shape) {
        return new AnswerCheck(shape);
    }

    /// What became of an answer.
    public sealed interface Trimmed {

        /// It goes out as it is.
        record Whole() implements Trimmed {}

        /// It goes out without the members that nobody declared.
        ///
        /// @param body    the JSON that is left
        /// @param dropped the pointers of what is not in it any more; at most [AnswerTrim#POINTERS_MAX]
        record Without(ByteBuffer body, List<String> dropped) implements Trimmed {}

        /// It is not what was declared, and dropping does not help.
        record Unfit(Verdict.Broken why) implements Trimmed {}
    }

    /// Whether the answer's body must be read whole and be held against a schema.
    public boolean checks(int status, String contentType) {
        return schema(status, contentType) != null;
    }

    /// Holds a whole body against the schema of its status and type; where there is none, it goes out as it is. The bytes are not kept.
    public Trimmed trim(int status, String contentType, byte[] body) {
        Schema schema = schema(status, contentType);
        if (schema == null) {
            return new Trimmed.Whole();
        }
        return switch (JsonText.read(body, JsonLimits.MESSAGE)) {
            case JsonText.Parsed.Unfit(Verdict.Broken why) -> new Trimmed.Unfit(why);
            case JsonText.Parsed.Read(Value value) -> AnswerTrim.of(schema, value, body);
        };
    }

    /// The exact status counts before its class, and that before `default` (OpenAPI 3.1.1 §4.8.16).
    private @Nullable Schema schema(int status, String contentType) {
        Map<String, Schema> bodies = byStatus.get(Integer.toString(status));
        if (bodies == null) {
            bodies = byStatus.get(status / 100 + "XX");
        }
        if (bodies == null) {
            bodies = byStatus.get("DEFAULT");
        }
        return bodies == null ? null : bodies.get(MediaType.of(contentType));
    }
}
