package dev.ringwall.shape;

import java.util.ArrayList;
import java.util.List;

/// One text for all values that are equal (JSON Schema 2020-12 core §4.2.2). Texts and not values are put into sets, since a set of texts
/// stays fast when somebody chooses them all to collide.
final class Canonical {

    private Canonical() {}

    static String of(Value value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(Value value, StringBuilder into) {
        switch (value) {
            case Value.Nothing _ -> into.append('n');
            case Value.Truth(boolean truth) -> into.append(truth ? 't' : 'f');
            case Value.Numeric number ->
                    into.append('#').append(number.exact().toString()).append(';');
            case Value.Text(String text) -> text(text, into);
            case Value.Items(List<Value> items) -> {
                into.append('[');
                items.forEach(item -> write(item, into));
                into.append(']');
            }
            case Value.Members members -> {
                List<Integer> order = new ArrayList<>();
                for (int i = 0; i < members.names().size(); i++) {
                    order.add(i);
                }
                order.sort((a, b) -> members.names().get(a).compareTo(members.names().get(b)));
                into.append('{');
                for (int i : order) {
                    text(members.names().get(i), into);
                    write(members.values().get(i), into);
                }
                into.append('}');
            }
        }
    }

    /// With its length in front, no text can look like something else.
    private static void text(String text, StringBuilder into) {
        into.append('"').append(text.length()).append(':').append(text);
    }
}
