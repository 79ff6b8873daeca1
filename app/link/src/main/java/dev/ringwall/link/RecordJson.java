package dev.ringwall.link;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The records that a node and the control plane exchange, to JSON and back: what [Json] writes and reads, for a node. Jackson's mapper, which
/// [Json] has, knows every form of everything; its 600 classes took a twentieth of a node's memory.
///
/// A record's components are text, `long`, [Instant], other such records, and [List] and [Map] (by text) of these. Where [Json] is lenient, this is not:
/// a key that comes twice and a value of another form (a number for text) are malformed as well.
public final class RecordJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser json;

    private RecordJson(JsonParser json) {
        this.json = json;
    }

    /// The record as JSON, UTF-8.
    public static byte[] write(Record value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator to = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(to, value);
        }
        return bytes.toByteArray();
    }

    /// The record that the bytes say.
    public static <T> Json.Parsed<T> read(byte[] bytes, Class<T> type) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            json.nextToken();
            Object value = new RecordJson(json).record(type);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("something follows it");
            }
            return new Json.Parsed.Value<>(type.cast(value));
        } catch (JacksonException
                | DateTimeException
                | IllegalArgumentException
                | NullPointerException notOne) {
            String why =
                    String.valueOf(notOne.getMessage()).lines().findFirst().orElse("unreadable");
            return new Json.Parsed.Malformed<>(type.getSimpleName() + ": " + why);
        }
    }

    private static void write(JsonGenerator to, @Nullable Object value) {
        switch (value) {
            case null -> to.writeNull();
            case String text -> to.writeString(text);
            case Long number -> to.writeNumber(number);
            case Instant at -> to.writeString(at.toString());
            case List<?> list -> {
                to.writeStartArray();
                list.forEach(item -> write(to, item));
                to.writeEndArray();
            }
            case Map<?, ?> map -> {
                to.writeStartObject();
                map.forEach((key, item) -> {
                    to.writeName((String) key);
                    write(to, item);
                });
                to.writeEndObject();
            }
            case Record inner -> {
                RecordForm form = RecordForm.of(inner.getClass());
                to.writeStartObject();
                for (RecordForm.Part part : form.parts()) {
                    to.writeName(part.name());
                    write(to, part.of(inner));
                }
                to.writeEndObject();
            }
            default -> throw new IllegalArgumentException("a " + value.getClass().getName());
        }
    }

    /// The value that the parser stands on.
    private @Nullable Object value(String name, Type type) {
        if (json.currentToken() == JsonToken.VALUE_NULL && type != long.class) {
            return null;
        }
        if (type == long.class) {
            expect(JsonToken.VALUE_NUMBER_INT, name, "a whole number");
            return json.getLongValue();
        }
        if (type == String.class || type == Instant.class) {
            expect(JsonToken.VALUE_STRING, name, "text");
            return type == String.class ? json.getString() : Instant.parse(json.getString());
        }
        if (type instanceof ParameterizedType many) {
            return many.getRawType() == List.class
                    ? list(name, many.getActualTypeArguments()[0])
                    : map(name, many.getActualTypeArguments()[1]);
        }
        return record((Class<?>) type);
    }

    private List<Object> list(String name, Type of) {
        expect(JsonToken.START_ARRAY, name, "a list");
        List<Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(there(name, value(name, of)));
        }
        return list;
    }

    private Map<String, Object> map(String name, Type of) {
        expect(JsonToken.START_OBJECT, name, "an object");
        Map<String, Object> map = new LinkedHashMap<>();
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            json.nextToken();
            if (map.put(key, there(name, value(name, of))) != null) {
                throw new IllegalArgumentException(name + " has a key twice");
            }
        }
        return map;
    }

    private Object record(Class<?> type) {
        RecordForm form = RecordForm.of(type);
        expect(JsonToken.START_OBJECT, type.getSimpleName(), "an object");
        @Nullable Object[] values = new @Nullable Object[form.parts().size()];
        boolean[] seen = new boolean[values.length];
        for (String key = json.nextName(); key != null; key = json.nextName()) {
            int at = form.indexOf(key);
            if (at < 0 || seen[at]) {
                throw new IllegalArgumentException(
                        (at < 0 ? "unknown key " : "duplicate key ") + key);
            }
            json.nextToken();
            seen[at] = true;
            values[at] = value(key, form.parts().get(at).type());
        }
        for (int at = 0; at < values.length; at++) {
            if (form.parts().get(at).type() == long.class) {
                there(form.parts().get(at).name(), values[at]);
            }
        }
        try {
            return form.made(values);
        } catch (InvocationTargetException refused) {
            throw new IllegalArgumentException("a key is missing or null", refused.getCause());
        }
    }

    private void expect(JsonToken token, String name, String form) {
        if (json.currentToken() != token) {
            throw new IllegalArgumentException(name + " is not " + form);
        }
    }

    private static Object there(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing or null");
        }
        return value;
    }
}
