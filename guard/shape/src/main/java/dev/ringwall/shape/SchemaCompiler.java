package dev.ringwall.shape;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiles the text of a schema: JSON Schema 2020-12 that refers only to its own `$defs`, as the reader of declarations writes it. Used by
/// one thread, for one text.
///
/// A keyword that this class does not know is skipped; the reader refuses documents with keywords that are not in its lists, and a test
/// holds those lists against this class.
final class SchemaCompiler {

    private static final String DEFINITIONS = "#/$defs/";

    private final Value root;
    private final Map<String, Schema> definitions = new HashMap<>();

    private SchemaCompiler(Value root) {
        this.root = root;
    }

    /// Compiles a schema.
    ///
    /// @throws IllegalArgumentException when the text is no schema; the reader of declarations refuses such
    static Schema compile(String text) {
        return compile(parse(text));
    }

    static Schema compile(Value root) {
        return compile(root, root);
    }

    /// Compiles a part of a whole whose definitions it refers to.
    static Schema compile(Value root, Value part) {
        return new SchemaCompiler(root).schema(part);
    }

    static Value parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (JsonText.read(bytes, JsonLimits.SCHEMA)) {
            case JsonText.Parsed.Read(Value value) -> value;
            case JsonText.Parsed.Unfit(Verdict.Broken why) ->
                    throw new IllegalArgumentException("not a schema: " + why.said());
        };
    }

    /// The schema that stands behind references, for those who must know its form before they have a value.
    static Value resolved(Value root, Value schema) {
        Value at = schema;
        for (int i = 0; i < 32 && at instanceof Value.Members members; i++) {
            if (!(members.at("$ref") instanceof Value.Text(String reference))) {
                return at;
            }
            Value target = target(root, reference);
            if (target == null) {
                return at;
            }
            at = target;
        }
        return at;
    }

    private static @Nullable Value target(Value root, String reference) {
        return (reference.startsWith(DEFINITIONS)
                        && root instanceof Value.Members whole
                        && whole.at("$defs") instanceof Value.Members defs)
                ? defs.at(reference.substring(DEFINITIONS.length()))
                : null;
    }

    private Schema schema(Value written) {
        if (written instanceof Value.Truth(boolean truth)) {
            return truth ? Schema.ANYTHING : Schema.NOTHING;
        }
        Schema schema = new Schema();
        fill(schema, new Keys(written));
        return schema;
    }

    private void fill(Schema schema, Keys keys) {
        List<Check> checks = new ArrayList<>();
        scalars(keys, checks);
        arrays(keys, checks);
        objects(keys, checks);
        branches(keys, checks);
        Value properties = keys.at("unevaluatedProperties");
        Value items = keys.at("unevaluatedItems");
        if (properties == null && items == null) {
            schema.complete(checks);
            return;
        }
        Schema inner = new Schema();
        inner.complete(checks);
        schema.complete(
                List.of(
                        new Unevaluated(
                                inner,
                                properties == null ? null : schema(properties),
                                items == null ? null : schema(items))));
    }

    private static void scalars(Keys keys, List<Check> checks) {
        Value type = keys.at("type");
        if (type != null) {
            checks.add(
                    TypeCheck.of(
                            type instanceof Value.Text(String name)
                                    ? List.of(name)
                                    : keys.texts("type")));
        }
        if (keys.has("const")) {
            checks.add(new OneOfValues("const", List.of(keys.needed("const"))));
        }
        if (keys.has("enum")) {
            checks.add(new OneOfValues("enum", keys.list("enum")));
        }
        for (NumberCheck.Bound bound : NumberCheck.Bound.values()) {
            if (keys.has(bound.keyword)) {
                checks.add(new NumberCheck(bound, keys.number(bound.keyword)));
            }
        }
        keys.count("maxLength").ifPresent(max -> checks.add(TextChecks.maxLength(max)));
        keys.count("minLength").ifPresent(min -> checks.add(TextChecks.minLength(min)));
        if (keys.has("format")) {
            checks.add(TextChecks.format(keys.text("format")));
        }
        if (keys.has("pattern")) {
            checks.add(TextChecks.pattern(keys.text("pattern")));
        }
    }

    private void arrays(Keys keys, List<Check> checks) {
        keys.count("maxItems").ifPresent(max -> checks.add(Counts.items("maxItems", 0, max)));
        keys.count("minItems")
                .ifPresent(min -> checks.add(Counts.items("minItems", min, Integer.MAX_VALUE)));
        if (keys.has("items") || keys.has("prefixItems")) {
            checks.add(
                    new ItemsCheck(
                            keys.has("prefixItems") ? all(keys.list("prefixItems")) : List.of(),
                            optional(keys.at("items"))));
        }
        if (keys.flag("uniqueItems")) {
            checks.add(ItemsCheck.unique());
        }
        if (keys.has("contains")) {
            checks.add(
                    ItemsCheck.contains(
                            schema(keys.needed("contains")),
                            keys.count("minContains").orElse(1),
                            keys.count("maxContains").orElse(Integer.MAX_VALUE)));
        }
    }

    private void objects(Keys keys, List<Check> checks) {
        keys.count("maxProperties")
                .ifPresent(max -> checks.add(Counts.members("maxProperties", 0, max)));
        keys.count("minProperties")
                .ifPresent(
                        min -> checks.add(Counts.members("minProperties", min, Integer.MAX_VALUE)));
        boolean says =
                keys.has("properties")
                        || keys.has("patternProperties")
                        || keys.has("additionalProperties")
                        || keys.has("propertyNames")
                        || keys.has("required");
        if (says) {
            List<MembersCheck.Named> patterns = new ArrayList<>();
            schemas(keys, "patternProperties")
                    .forEach((name, schema) ->
                            patterns.add(new MembersCheck.Named(TextPattern.of(name), schema)));
            checks.add(
                    new MembersCheck(
                            schemas(keys, "properties"),
                            patterns,
                            optional(keys.at("additionalProperties")),
                            optional(keys.at("propertyNames")),
                            keys.has("required") ? keys.texts("required") : List.of()));
        }
        if (keys.has("dependentSchemas")) {
            checks.add(Branches.dependent(schemas(keys, "dependentSchemas")));
        }
        if (keys.has("dependentRequired")) {
            Map<String, List<String>> names = new LinkedHashMap<>();
            Keys each = new Keys(keys.needed("dependentRequired"));
            each.names().forEach(name -> names.put(name, each.texts(name)));
            checks.add(Branches.dependentRequired(names));
        }
    }

    private void branches(Keys keys, List<Check> checks) {
        if (keys.has("$ref")) {
            checks.add(Branches.all(List.of(referred(keys.text("$ref")))));
        }
        if (keys.has("allOf")) {
            checks.add(Branches.all(all(keys.list("allOf"))));
        }
        if (keys.has("discriminator")) {
            checks.add(discriminated(new Keys(keys.needed("discriminator"))));
        } else {
            if (keys.has("anyOf")) {
                checks.add(Branches.any(all(keys.list("anyOf"))));
            }
            if (keys.has("oneOf")) {
                checks.add(Branches.one(all(keys.list("oneOf"))));
            }
        }
        if (keys.has("not")) {
            checks.add(Branches.not(schema(keys.needed("not"))));
        }
        if (keys.has("if")) {
            checks.add(
                    Branches.condition(
                            schema(keys.needed("if")),
                            keys.has("then") ? schema(keys.needed("then")) : Schema.ANYTHING,
                            keys.has("else") ? schema(keys.needed("else")) : Schema.ANYTHING));
        }
    }

    private Check discriminated(Keys keys) {
        Keys mapping = new Keys(keys.needed("mapping"));
        Map<String, Schema> schemas = new HashMap<>();
        mapping.names().forEach(name -> schemas.put(name, referred(mapping.text(name))));
        return Branches.discriminated(keys.text("propertyName"), schemas);
    }

    private Schema referred(String reference) {
        Schema known = definitions.get(reference);
        if (known != null) {
            return known;
        }
        Value target = target(root, reference);
        if (target == null) {
            throw new IllegalArgumentException("a reference to " + reference);
        }
        if (target instanceof Value.Truth) {
            return schema(target);
        }
        Schema schema = new Schema();
        definitions.put(reference, schema);
        fill(schema, new Keys(target));
        return schema;
    }

    private @Nullable Schema optional(@Nullable Value written) {
        return written == null ? null : schema(written);
    }

    private List<Schema> all(List<Value> written) {
        return written.stream().map(this::schema).toList();
    }

    private Map<String, Schema> schemas(Keys keys, String keyword) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        if (keys.has(keyword)) {
            Keys each = new Keys(keys.needed(keyword));
            each.names().forEach(name -> schemas.put(name, schema(each.needed(name))));
        }
        return schemas;
    }
}
