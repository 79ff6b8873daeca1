package dev.ringwall.shape;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Schemas that are put together of others: `$ref`, `allOf`, `anyOf`, `oneOf`, `not`, `if`, `dependentSchemas`, `discriminator`.
final class Branches {

    private Branches() {}

    static Check all(List<Schema> schemas) {
        List<Schema> all = List.copyOf(schemas);
        return (value, marks, walk) -> {
            for (Schema schema : all) {
                if (!schema.fits(value, marks, walk)) {
                    return false;
                }
            }
            return true;
        };
    }

    static Check any(List<Schema> schemas) {
        List<Schema> all = List.copyOf(schemas);
        return (value, marks, walk) ->
                fitting(all, value, marks, walk, Integer.MAX_VALUE) > 0
                        || (walk.trims() && trimmed(all, value, marks, walk))
                        || walk.broken("anyOf");
    }

    static Check one(List<Schema> schemas) {
        List<Schema> all = List.copyOf(schemas);
        return (value, marks, walk) -> {
            int fitting = fitting(all, value, marks, walk, 2);
            return fitting == 1
                    || (fitting == 0 && walk.trims() && trimmed(all, value, marks, walk))
                    || walk.broken("oneOf");
        };
    }

    /// How many branches fit as the value stands; counts no further than asked.
    private static int fitting(
            List<Schema> all, Value value, @Nullable Marks marks, Walk walk, int max) {
        int fitting = 0;
        for (Schema schema : all) {
            Marks inside = marks == null ? null : new Marks();
            if (walk.asks(schema, value, inside)) {
                fitting++;
                if (marks != null && inside != null) {
                    marks.addAll(inside);
                }
                if (fitting == max || (marks == null && max > 2)) {
                    break;
                }
            }
        }
        return fitting;
    }

    /// The first branch that fits once what it does not declare is dropped.
    private static boolean trimmed(
            List<Schema> all, Value value, @Nullable Marks marks, Walk walk) {
        for (Schema schema : all) {
            Marks inside = marks == null ? null : new Marks();
            if (walk.tries(schema, value, inside)) {
                if (marks != null && inside != null) {
                    marks.addAll(inside);
                }
                return true;
            }
        }
        return false;
    }

    static Check not(Schema schema) {
        return (value, marks, walk) -> !walk.asks(schema, value, null) || walk.broken("not");
    }

    static Check condition(Schema when, Schema then, Schema otherwise) {
        return (value, marks, walk) -> {
            Marks inside = marks == null ? null : new Marks();
            if (!walk.asks(when, value, inside)) {
                return otherwise.fits(value, marks, walk);
            }
            if (marks != null && inside != null) {
                marks.addAll(inside);
            }
            return then.fits(value, marks, walk);
        };
    }

    static Check dependent(Map<String, Schema> schemas) {
        Map<String, Schema> all = Map.copyOf(schemas);
        return (value, marks, walk) -> {
            if (value instanceof Value.Members object) {
                for (Map.Entry<String, Schema> each : all.entrySet()) {
                    if (object.at(each.getKey()) != null
                            && !each.getValue().fits(value, marks, walk)) {
                        return false;
                    }
                }
            }
            return true;
        };
    }

    static Check dependentRequired(Map<String, List<String>> names) {
        Map<String, List<String>> all = Map.copyOf(names);
        return (value, marks, walk) -> {
            if (value instanceof Value.Members object) {
                for (Map.Entry<String, List<String>> each : all.entrySet()) {
                    for (String name : each.getValue()) {
                        if (object.at(each.getKey()) != null && object.at(name) == null) {
                            return walk.broken(name, "dependentRequired");
                        }
                    }
                }
            }
            return true;
        };
    }

    /// The property that says which of several schemas counts (OpenAPI 3.1.1 §4.8.25): the others are not asked.
    static Check discriminated(String property, Map<String, Schema> schemas) {
        Map<String, Schema> all = Map.copyOf(schemas);
        return (value, marks, walk) -> {
            if (!(value instanceof Value.Members object)) {
                return walk.broken("discriminator");
            }
            Value said = object.at(property);
            Schema schema = said instanceof Value.Text(String text) ? all.get(text) : null;
            return schema == null
                    ? walk.broken(property, "discriminator")
                    : schema.fits(value, marks, walk);
        };
    }
}
