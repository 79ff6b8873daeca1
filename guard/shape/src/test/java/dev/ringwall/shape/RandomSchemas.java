package dev.ringwall.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Schemas of all keywords that are compiled, but for `discriminator`, which JSON Schema does not know.
final class RandomSchemas {

    private final RandomGenerator random;
    private final RandomValues values;
    private boolean inDefinitions;

    RandomSchemas(RandomGenerator random) {
        this.random = random;
        this.values = new RandomValues(random);
    }

    String whole() {
        String body = schema(3);
        inDefinitions = true;
        String definitions = "{\"d\":" + schema(2) + ",\"e\":" + schema(1) + "}";
        return "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":["
                + body
                + "],\"$defs\":"
                + definitions
                + (random.nextInt(3) == 0 ? ",\"unevaluatedProperties\":false" : "")
                + "}";
    }

    private String schema(int depth) {
        if (random.nextInt(20) == 0) {
            return random.nextInt(3) > 0 ? "true" : "false";
        }
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            keyword(random.nextInt(depth == 0 ? 13 : 33), depth - 1, keys);
        }
        return keys.entrySet().stream()
                .map(key -> "\"" + key.getKey() + "\":" + key.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private void keyword(int which, int depth, Map<String, String> keys) {
        switch (which) {
            case 0, 1 -> keys.put("type", type());
            case 2 -> keys.put("enum", list(values.value(1), values.value(1), values.value(0)));
            case 3 -> keys.put("const", values.value(1));
            case 4 ->
                    keys.put(
                            OracleTest.oneOf(random, "minimum", "exclusiveMinimum"),
                            values.number());
            case 5 ->
                    keys.put(
                            OracleTest.oneOf(random, "maximum", "exclusiveMaximum"),
                            values.number());
            case 6 -> keys.put("multipleOf", OracleTest.oneOf(random, "1", "2", "0.5", "1.5"));
            case 7 ->
                    keys.put(
                            OracleTest.oneOf(random, "minLength", "minItems", "minProperties"),
                            count());
            case 8 ->
                    keys.put(
                            OracleTest.oneOf(random, "maxLength", "maxItems", "maxProperties"),
                            count());
            case 9 ->
                    keys.put(
                            "pattern",
                            OracleTest.oneOf(
                                    random, "\"^[a-b]{1,2}$\"", "\"b\"", "\"^a.*c$\"", "\"^$\""));
            case 10 -> keys.put("format", OracleTest.oneOf(random, "\"date\"", "\"ipv4\""));
            case 11 -> keys.put("uniqueItems", "true");
            case 12 -> keys.put("required", list("\"a\"", "\"b\""));
            case 13 -> keys.put("items", schema(depth));
            case 14 -> keys.put("prefixItems", list(schema(depth), schema(depth)));
            case 15 -> keys.put("contains", schema(depth));
            case 16, 17, 18 -> keys.put("properties", members(depth));
            case 19 -> keys.put("patternProperties", "{\"^x\":" + schema(depth) + "}");
            case 20, 21 ->
                    keys.put(
                            "additionalProperties", random.nextBoolean() ? "false" : schema(depth));
            case 22 -> keys.put("propertyNames", "{\"maxLength\":1}");
            case 23 -> keys.put("dependentRequired", "{\"a\":[\"b\"]}");
            case 24 -> keys.put("dependentSchemas", "{\"b\":" + schema(depth) + "}");
            case 25 -> keys.put("allOf", list(schema(depth), schema(depth)));
            case 26 -> keys.put("anyOf", list(schema(depth), schema(depth)));
            case 27 -> keys.put("oneOf", list(schema(depth), schema(depth)));
            case 28 -> keys.put("not", schema(depth));
            case 29 -> condition(depth, keys);
            case 30 ->
                    keys.put("unevaluatedProperties", random.nextBoolean() ? "false" : schema(0));
            case 31 -> keys.put("unevaluatedItems", random.nextBoolean() ? "false" : schema(0));
            default -> {
                if (!inDefinitions) {
                    keys.put("$ref", OracleTest.oneOf(random, "\"#/$defs/d\"", "\"#/$defs/e\""));
                }
            }
        }
    }

    private void condition(int depth, Map<String, String> keys) {
        keys.put("if", schema(depth));
        if (random.nextBoolean()) {
            keys.put("then", schema(depth));
        }
        if (random.nextBoolean()) {
            keys.put("else", schema(depth));
        }
    }

    private String type() {
        String one =
                OracleTest.oneOf(
                        random,
                        "\"object\"",
                        "\"object\"",
                        "\"array\"",
                        "\"string\"",
                        "\"integer\"",
                        "\"number\"",
                        "\"boolean\"");
        return random.nextInt(3) == 0 ? "[" + one + ",\"null\"]" : one;
    }

    private String members(int depth) {
        List<String> members = new ArrayList<>();
        for (String name : RandomValues.NAMES.subList(0, 1 + random.nextInt(3))) {
            members.add("\"" + name + "\":" + schema(depth));
        }
        return "{" + String.join(",", members) + "}";
    }

    private String count() {
        return Integer.toString(random.nextInt(3));
    }

    private static String list(String... items) {
        return "[" + String.join(",", items) + "]";
    }
}
