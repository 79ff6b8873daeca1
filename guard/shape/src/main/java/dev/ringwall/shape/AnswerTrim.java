package dev.ringwall.shape;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/// Takes the members out of an answer that nobody declared. What stays is copied word by word, so numbers keep the form that the service
/// gave them.
final class AnswerTrim {

    /// So many pointers are told; more of them say nothing new.
    static final int POINTERS_MAX = 20;

    private final JsonParser from;
    private final JsonGenerator to;
    private final Map<Integer, BitSet> drops = new HashMap<>();
    private int objects;

    private AnswerTrim(JsonParser from, JsonGenerator to, List<Walk.Drop> drops) {
        this.from = from;
        this.to = to;
        drops.forEach(drop ->
                this.drops.computeIfAbsent(drop.object(), _ -> new BitSet()).set(drop.member()));
    }

    static AnswerCheck.Trimmed of(Schema schema, Value value, byte[] body) {
        Walk walk = Walk.trimming();
        if (!schema.fits(value, null, walk)) {
            return walk.verdict() instanceof Verdict.Broken why
                    ? new AnswerCheck.Trimmed.Unfit(why)
                    : new AnswerCheck.Trimmed.Unfit(new Verdict.Broken("", Keywords.JSON));
        }
        List<Walk.Drop> drops = walk.drops();
        if (drops.isEmpty()) {
            return new AnswerCheck.Trimmed.Whole();
        }
        ByteArrayOutputStream left = new ByteArrayOutputStream(body.length);
        try (JsonParser from = JsonText.FACTORY.createParser(ObjectReadContext.empty(), body);
                JsonGenerator to =
                        JsonText.FACTORY.createGenerator(ObjectWriteContext.empty(), left)) {
            from.nextToken();
            new AnswerTrim(from, to, drops).value();
        }
        return new AnswerCheck.Trimmed.Without(
                ByteBuffer.wrap(left.toByteArray()),
                drops.stream().map(Walk.Drop::pointer).distinct().limit(POINTERS_MAX).toList());
    }

    private void value() {
        switch (from.currentToken()) {
            case START_OBJECT -> members();
            case START_ARRAY -> {
                to.writeStartArray();
                while (from.nextToken() != JsonToken.END_ARRAY) {
                    value();
                }
                to.writeEndArray();
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> to.writeNumber(from.getString());
            case VALUE_STRING -> to.writeString(from.getString());
            case VALUE_TRUE -> to.writeBoolean(true);
            case VALUE_FALSE -> to.writeBoolean(false);
            default -> to.writeNull();
        }
    }

    private void members() {
        BitSet dropped = drops.getOrDefault(objects++, new BitSet());
        to.writeStartObject();
        String name;
        for (int member = 0; (name = from.nextName()) != null; member++) {
            from.nextToken();
            if (dropped.get(member)) {
                pass();
            } else {
                to.writeName(name);
                value();
            }
        }
        to.writeEndObject();
    }

    /// Passes over a value; objects within it count on.
    private void pass() {
        if (from.currentToken() == JsonToken.START_OBJECT) {
            objects++;
            while (from.nextName() != null) {
                from.nextToken();
                pass();
            }
        } else if (from.currentToken() == JsonToken.START_ARRAY) {
            while (from.nextToken() != JsonToken.END_ARRAY) {
                pass();
            }
        }
    }
}
