package dev.ringwall.shape;

import dev.ringwall.model.Show;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// Lets only so much of the values of some members be seen as is declared, wherever in the answer they stand. Any thread may use it.
public final class AnswerMask {

    private final Map<String, Show> shows;

    /// @param shows name of the member → what may be seen of its value, or of all the values in it
    public AnswerMask(Map<String, Show> shows) {
        this.shows = Map.copyOf(shows);
    }

    /// What became of an answer.
    public sealed interface Masked {

        /// There is nothing in it to mask.
        record Whole() implements Masked {}

        /// It goes out like that.
        record Partly(ByteBuffer body) implements Masked {}

        /// It cannot be looked into.
        record Unfit(Verdict.Broken why) implements Masked {}
    }

    /// Masks a JSON text. The bytes are not kept.
    public Masked mask(byte[] json) {
        if (JsonText.read(json, JsonLimits.MESSAGE)
                instanceof JsonText.Parsed.Unfit(Verdict.Broken why)) {
            return new Masked.Unfit(why);
        }
        ByteArrayOutputStream seen = new ByteArrayOutputStream(json.length);
        boolean any;
        try (JsonParser from = JsonText.FACTORY.createParser(ObjectReadContext.empty(), json);
                JsonGenerator to =
                        JsonText.FACTORY.createGenerator(ObjectWriteContext.empty(), seen)) {
            from.nextToken();
            Copy copy = new Copy(from, to);
            copy.value(null);
            any = copy.masked;
        }
        return any ? new Masked.Partly(ByteBuffer.wrap(seen.toByteArray())) : new Masked.Whole();
    }

    private final class Copy {

        private final JsonParser from;
        private final JsonGenerator to;
        private boolean masked;

        Copy(JsonParser from, JsonGenerator to) {
            this.from = from;
            this.to = to;
        }

        void value(@Nullable Show show) {
            switch (from.currentToken()) {
                case START_OBJECT -> {
                    to.writeStartObject();
                    String name;
                    while ((name = from.nextName()) != null) {
                        from.nextToken();
                        to.writeName(name);
                        Show inner = shows.get(name);
                        value(inner == null ? show : inner);
                    }
                    to.writeEndObject();
                }
                case START_ARRAY -> {
                    to.writeStartArray();
                    while (from.nextToken() != JsonToken.END_ARRAY) {
                        value(show);
                    }
                    to.writeEndArray();
                }
                case VALUE_NULL -> to.writeNull();
                default -> {
                    if (show == null) {
                        plain();
                    } else {
                        masked = true;
                        to.writeString(show.of(from.getString()));
                    }
                }
            }
        }

        private void plain() {
            switch (from.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> to.writeNumber(from.getString());
                case VALUE_TRUE -> to.writeBoolean(true);
                case VALUE_FALSE -> to.writeBoolean(false);
                default -> to.writeString(from.getString());
            }
        }
    }
}
