package dev.ringwall.shape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `properties`, `patternProperties`, `additionalProperties`, `propertyNames`, `required` and the bounds on how many there are: one pass
/// over an object.
final class MembersCheck implements Check {

    /// What is said about members whose name fits a pattern.
    record Named(TextPattern name, Schema schema) {}

    /// What is known of one name.
    ///
    /// @param declared whether `properties` has it; a name may also only be required
    private record Known(Schema schema, boolean declared, boolean required) {}

    private final Map<String, Known> known = new HashMap<>();
    private final List<Named> patterns;
    private final @Nullable Schema additional;
    private final @Nullable Schema names;
    private final List<String> required;

    /// @param additional what others must be; absent when nothing is said
    /// @param names      what all names must be; absent when nothing is said
    MembersCheck(
            Map<String, Schema> properties,
            List<Named> patterns,
            @Nullable Schema additional,
            @Nullable Schema names,
            List<String> required) {
        this.patterns = List.copyOf(patterns);
        this.additional = additional;
        this.names = names;
        this.required = new ArrayList<>(required.stream().distinct().toList());
        properties.forEach((name, schema) ->
                known.put(name, new Known(schema, true, required.contains(name))));
        required.forEach(name -> known.putIfAbsent(name, new Known(Schema.ANYTHING, false, true)));
    }

    @Override
    public boolean fits(Value value, @Nullable Marks marks, Walk walk) {
        if (!(value instanceof Value.Members object)) {
            return true;
        }
        int seen = 0;
        for (int i = 0; i < object.names().size(); i++) {
            String name = object.names().get(i);
            Known property = known.get(name);
            if (property != null && property.required()) {
                seen++;
            }
            if (!member(object, i, property, marks, walk)) {
                return false;
            }
        }
        return seen == required.size() || missing(object, walk);
    }

    private boolean member(
            Value.Members object,
            int index,
            @Nullable Known property,
            @Nullable Marks marks,
            Walk walk) {
        String name = object.names().get(index);
        Value value = object.values().get(index);
        if (names != null && !walk.tries(names, new Value.Text(name), null)) {
            return walk.broken(name, "propertyNames");
        }
        boolean spokenOf = false;
        if (property != null && property.declared()) {
            spokenOf = true;
            if (!inside(property.schema(), name, value, walk)) {
                return false;
            }
        }
        for (Named pattern : patterns) {
            if (pattern.name().in(name)) {
                spokenOf = true;
                if (!inside(pattern.schema(), name, value, walk)) {
                    return false;
                }
            }
        }
        if (!spokenOf && additional != null) {
            spokenOf = true;
            if (additional == Schema.NOTHING) {
                if (!walk.undeclared(object, index, "additionalProperties")) {
                    return false;
                }
            } else if (!inside(additional, name, value, walk)) {
                return false;
            }
        }
        if (spokenOf && marks != null) {
            marks.add(index);
        }
        return true;
    }

    private static boolean inside(Schema schema, String name, Value value, Walk walk) {
        walk.into(name);
        boolean fits = schema.fits(value, null, walk);
        walk.back();
        return fits;
    }

    private boolean missing(Value.Members object, Walk walk) {
        for (String name : required) {
            if (object.at(name) == null) {
                return walk.broken(name, "required");
            }
        }
        return true;
    }
}
