package dev.ringwall.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `type`, one or several.
final class TypeCheck implements Check {

    private static final List<String> NAMES =
            List.of("null", "boolean", "object", "array", "number", "string", "integer");

    private static final int INTEGER = 1 << NAMES.indexOf("integer");
    private static final int NUMBER = 1 << NAMES.indexOf("number");

    private final int types;

    private TypeCheck(int types) {
        this.types = types;
    }

    static TypeCheck of(List<String> names) {
        int types = 0;
        for (String name : names) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("a type of " + name);
            }
            types |= 1 << NAMES.indexOf(name);
        }
        return new TypeCheck(types);
    }

    @Override
    public boolean fits(Value value, @Nullable Marks marks, Walk walk) {
        int type =
                switch (value) {
                    case Value.Nothing _ -> 1;
                    case Value.Truth _ -> 2;
                    case Value.Members _ -> 4;
                    case Value.Items _ -> 8;
                    case Value.Text _ -> 32;
                    case Value.Numeric number -> number.integral() ? NUMBER | INTEGER : NUMBER;
                };
        return (types & type) != 0 || walk.broken("type");
    }
}
