package dev.ringwall.events;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The values of a JSON text as they come, each of the type that it must have and each once. What is not so is an [IllegalArgumentException]
/// that says which, or an exception of the parser.
final class JsonValues {

    private final JsonParser json;

    /// @param json stands before the first token
    JsonValues(JsonParser json) {
        this.json = json;
        json.nextToken();
    }

    interface Field {
        /// Reads the value that the parser stands on, and nothing behind it.
        void read(String name);
    }

    /// Passes over the value that the parser stands on.
    void pass() {
        json.skipChildren();
    }

    void object(String what, Field field) {
        expect(JsonToken.START_OBJECT, what, "an object");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            field.read(name);
        }
    }

    void array(String what, Runnable item) {
        expect(JsonToken.START_ARRAY, what, "a list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            item.run();
        }
    }

    boolean atList() {
        return json.currentToken() == JsonToken.START_ARRAY;
    }

    String text(String name, @Nullable String before) {
        once(name, before);
        expect(JsonToken.VALUE_STRING, name, "a string");
        return json.getString();
    }

    long number(String name, @Nullable Long before) {
        once(name, before);
        expect(JsonToken.VALUE_NUMBER_INT, name, "a whole number");
        return json.getLongValue();
    }

    boolean truth(String name, @Nullable Boolean before) {
        once(name, before);
        if (json.currentToken() != JsonToken.VALUE_TRUE) {
            expect(JsonToken.VALUE_FALSE, name, "true or false");
        }
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    private void expect(JsonToken token, String what, String form) {
        if (json.currentToken() != token) {
            throw new IllegalArgumentException(what + " is not " + form);
        }
    }

    static void once(String name, @Nullable Object before) {
        if (before != null) {
            throw new IllegalArgumentException("duplicate key " + name);
        }
    }

    static <T> T there(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    static <E> E constant(String name, Map<String, E> words, @Nullable String word) {
        E constant = words.get(there(name, word));
        if (constant == null) {
            throw new IllegalArgumentException(name + " " + word + " is not known");
        }
        return constant;
    }

    static <E extends Enum<E>> Map<String, E> words(E[] constants) {
        Map<String, E> words = new HashMap<>();
        for (E constant : constants) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return Map.copyOf(words);
    }
}
