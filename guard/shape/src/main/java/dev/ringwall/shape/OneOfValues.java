package dev.ringwall.shape;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `enum` and `const`.
final class OneOfValues implements Check {

    private final String keyword;
    private final Set<String> texts = new HashSet<>();
    private final Set<String> others = new HashSet<>();

    OneOfValues(String keyword, List<Value> values) {
        this.keyword = keyword;
        for (Value value : values) {
            if (value instanceof Value.Text(String text)) {
                texts.add(text);
            } else {
                others.add(Canonical.of(value));
            }
        }
    }

    @Override
    public boolean fits(Value value, @Nullable Marks marks, Walk walk) {
        boolean known =
                value instanceof Value.Text(String text)
                        ? texts.contains(text)
                        : !others.isEmpty() && others.contains(Canonical.of(value));
        return known || walk.broken(keyword);
    }
}
