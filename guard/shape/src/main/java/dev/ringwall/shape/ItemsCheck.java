package dev.ringwall.shape;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `prefixItems` and `items`.
final class ItemsCheck implements Check {

    private final List<Schema> first;
    private final @Nullable Schema others;

    /// @param others what the rest must be; absent when nothing is said
    ItemsCheck(List<Schema> first, @Nullable Schema others) {
        this.first = List.copyOf(first);
        this.others = others;
    }

    @Override
    public boolean fits(Value value, @Nullable Marks marks, Walk walk) {
        if (!(value instanceof Value.Items(List<Value> items))) {
            return true;
        }
        int covered = others == null ? Math.min(first.size(), items.size()) : items.size();
        for (int i = 0; i < covered; i++) {
            Schema schema = i < first.size() ? first.get(i) : others;
            if (schema != null && !at(schema, i, items.get(i), walk)) {
                return false;
            }
        }
        if (marks != null) {
            marks.addFirst(covered);
        }
        return true;
    }

    static boolean at(Schema schema, int index, Value item, Walk walk) {
        walk.into(index);
        boolean fits = schema.fits(item, null, walk);
        walk.back();
        return fits;
    }

    /// `uniqueItems`.
    static Check unique() {
        return (value, marks, walk) -> {
            if (value instanceof Value.Items(List<Value> items) && items.size() > 1) {
                Set<String> seen = new HashSet<>();
                for (Value item : items) {
                    if (!seen.add(Canonical.of(item))) {
                        return walk.broken("uniqueItems");
                    }
                }
            }
            return true;
        };
    }

    /// `contains` with its bounds.
    static Check contains(Schema schema, int min, int max) {
        return (value, marks, walk) -> {
            if (!(value instanceof Value.Items(List<Value> items))) {
                return true;
            }
            int count = 0;
            for (int i = 0; i < items.size(); i++) {
                if (walk.asks(schema, items.get(i), null)) {
                    count++;
                    if (marks != null) {
                        marks.add(i);
                    }
                }
            }
            return (count >= min && count <= max) || walk.broken("contains");
        };
    }
}
