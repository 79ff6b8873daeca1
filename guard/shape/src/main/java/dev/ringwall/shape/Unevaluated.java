package dev.ringwall.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `unevaluatedProperties` and `unevaluatedItems`: what no schema has spoken of. All other checks of the schema are made inside it, since
/// they say what was spoken of.
record Unevaluated(Schema inner, @Nullable Schema properties, @Nullable Schema items)
        implements Check {

    @Override
    public boolean fits(Value value, @Nullable Marks marks, Walk walk) {
        boolean object = properties != null && value instanceof Value.Members;
        boolean array = items != null && value instanceof Value.Items;
        if (!object && !array) {
            return inner.fits(value, marks, walk);
        }
        Marks spokenOf = new Marks();
        if (!inner.fits(value, spokenOf, walk)) {
            return false;
        }
        boolean fits =
                value instanceof Value.Members members
                        ? members(members, properties, spokenOf, walk)
                        : items(value, items, spokenOf, walk);
        if (fits && marks != null) {
            marks.addFirst(size(value));
        }
        return fits;
    }

    private static boolean members(
            Value.Members object, @Nullable Schema schema, Marks spokenOf, Walk walk) {
        for (int i = 0; schema != null && i < object.names().size(); i++) {
            if (spokenOf.has(i)) {
                continue;
            }
            if (schema == Schema.NOTHING) {
                if (!walk.undeclared(object, i, "unevaluatedProperties")) {
                    return false;
                }
                continue;
            }
            walk.into(object.names().get(i));
            boolean fits = schema.fits(object.values().get(i), null, walk);
            walk.back();
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean items(Value value, @Nullable Schema schema, Marks spokenOf, Walk walk) {
        if (schema == null || !(value instanceof Value.Items(List<Value> items))) {
            return true;
        }
        for (int i = 0; i < items.size(); i++) {
            if (!spokenOf.has(i) && !ItemsCheck.at(schema, i, items.get(i), walk)) {
                return false;
            }
        }
        return true;
    }

    private static int size(Value value) {
        return switch (value) {
            case Value.Members members -> members.names().size();
            case Value.Items(List<Value> items) -> items.size();
            default -> 0;
        };
    }
}
