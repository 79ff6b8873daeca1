package dev.ringwall.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The keywords of one schema while it is compiled. What is not of the form that a keyword has is a bug of whoever wrote the schema.
final class Keys {

    private final List<String> names;
    private final Map<String, Value> values = new HashMap<>();

    Keys(Value schema) {
        if (!(schema instanceof Value.Members members)) {
            throw new IllegalArgumentException("not a schema");
        }
        names = members.names();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), members.values().get(i));
        }
    }

    List<String> names() {
        return names;
    }

    boolean has(String keyword) {
        return values.containsKey(keyword);
    }

    @Nullable Value at(String keyword) {
        return values.get(keyword);
    }

    Value needed(String keyword) {
        Value value = values.get(keyword);
        if (value == null) {
            throw new IllegalArgumentException("no " + keyword);
        }
        return value;
    }

    boolean flag(String keyword) {
        return values.get(keyword) instanceof Value.Truth(boolean truth) && truth;
    }

    String text(String keyword) {
        if (values.get(keyword) instanceof Value.Text(String text)) {
            return text;
        }
        throw new IllegalArgumentException(keyword + " is not a text");
    }

    List<Value> list(String keyword) {
        if (values.get(keyword) instanceof Value.Items(List<Value> items)) {
            return items;
        }
        throw new IllegalArgumentException(keyword + " is not a list");
    }

    List<String> texts(String keyword) {
        List<String> texts = new ArrayList<>();
        for (Value value : list(keyword)) {
            if (!(value instanceof Value.Text(String text))) {
                throw new IllegalArgumentException(keyword + " is not a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    Value.Numeric number(String keyword) {
        if (values.get(keyword) instanceof Value.Numeric number) {
            return number;
        }
        throw new IllegalArgumentException(keyword + " is not a number");
    }

    /// A whole number that is not negative; very large ones are as good as no bound.
    OptionalInt count(String keyword) {
        if (!has(keyword)) {
            return OptionalInt.empty();
        }
        Value.Numeric number = number(keyword);
        if (!number.integral() || number.exact().signum() < 0) {
            throw new IllegalArgumentException(keyword + " is not a count");
        }
        return OptionalInt.of(
                (number.decimal() == null && number.whole() < Integer.MAX_VALUE)
                        ? (int) number.whole()
                        : Integer.MAX_VALUE);
    }
}
