package dev.ringwall.reading;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.ringwall.model.Nearest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Holds the keywords that stand for themselves against the form that they must have, so that what is wrong with a schema is said where it
/// is written and not when the first request comes.
final class SchemaWords {

    /// Keywords whose value is taken over as it is.
    static final Set<String> COPIED =
            Set.of(
                    "type",
                    "enum",
                    "const",
                    "multipleOf",
                    "maximum",
                    "minimum",
                    "exclusiveMaximum",
                    "exclusiveMinimum",
                    "maxLength",
                    "minLength",
                    "pattern",
                    "maxItems",
                    "minItems",
                    "uniqueItems",
                    "maxContains",
                    "minContains",
                    "maxProperties",
                    "minProperties",
                    "required",
                    "dependentRequired",
                    "format");

    /// What is enforced of formats.
    static final Set<String> FORMATS =
            Set.of(
                    "date-time",
                    "date",
                    "time",
                    "duration",
                    "uuid",
                    "email",
                    "hostname",
                    "ipv4",
                    "ipv6",
                    "uri",
                    "uri-reference",
                    "byte",
                    "binary",
                    "password",
                    "int32",
                    "int64",
                    "float",
                    "double");

    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "string", "integer");

    private final boolean old;
    private final Problems problems;

    SchemaWords(boolean old, Problems problems) {
        this.old = old;
        this.problems = problems;
    }

    /// The value of a keyword as JSON, once it is known to be of its form; null, which no keyword but `const` may be, when it is not.
    JsonNode value(Yaml.Entry entry) {
        Yaml value = entry.value();
        boolean good =
                switch (entry.key().value()) {
                    case "const" -> true;
                    case "type" -> types(value);
                    case "enum" ->
                            (value instanceof Yaml.Items(List<Yaml> items, _) && !items.isEmpty())
                                    || unexpected(
                                            value, "a list of values", "write `enum: [a, b]`");
                    case "required" -> names(value);
                    case "dependentRequired" -> dependent(value);
                    case "pattern" -> value instanceof Yaml.Text text && pattern(text);
                    case "format" -> format(value);
                    case "uniqueItems" -> flag(value);
                    case "minimum", "maximum" -> number(value);
                    case "exclusiveMinimum", "exclusiveMaximum" ->
                            (old && kind(value, Yaml.Kind.BOOLEAN)) || number(value);
                    case "multipleOf" -> aboveZero(value);
                    default -> count(value);
                };
        if (!good) {
            return JsonNodeFactory.instance.nullNode();
        }
        return entry.key().value().equals("pattern")
                ? JsonNodeFactory.instance.stringNode(translated(((Yaml.Text) value).value()))
                : Json.of(value);
    }

    /// A pattern in the words of the engine that matches requests, which takes time linear to the text and so knows neither references
    /// back nor looking around.
    static String translated(String pattern) {
        return pattern.replaceAll("\\\\u([0-9A-Fa-f]{4})", "\\\\x{$1}");
    }

    /// Whether a text is a pattern that can be matched.
    boolean pattern(Yaml.Text text) {
        try {
            Pattern.compile(translated(text.value()));
            return true;
        } catch (PatternSyntaxException broken) {
            return unexpected(
                    text,
                    "a regular expression without references back and looking around",
                    "mend it: " + broken.getDescription());
        }
    }

    private boolean types(Yaml value) {
        if (value instanceof Yaml.Items(List<Yaml> items, _) && !items.isEmpty() && !old) {
            return items.stream().allMatch(this::type);
        }
        return type(value);
    }

    private boolean type(Yaml value) {
        String name = value instanceof Yaml.Text text ? text.value() : "";
        return (TYPES.contains(name) && !(old && name.equals("null")))
                || unexpected(
                        value,
                        "a type: string, number, integer, boolean, array, object"
                                + (old ? "" : ", null, or a list of them"),
                        old && name.equals("null")
                                ? "write `nullable: true` beside the type"
                                : Nearest.hint(name, TYPES, "take one of them"));
    }

    private boolean names(Yaml value) {
        return (value instanceof Yaml.Items(List<Yaml> items, _)
                        && items.stream().allMatch(item -> item instanceof Yaml.Text))
                || unexpected(value, "a list of names", "write `required: [id]`");
    }

    private boolean dependent(Yaml value) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            return unexpected(value, "a map of names to lists", "write `{ card: [address] }`");
        }
        return mapping.entries().values().stream().allMatch(entry -> names(entry.value()));
    }

    private boolean format(Yaml value) {
        String name = value instanceof Yaml.Text text ? text.value() : "";
        if (FORMATS.contains(name)) {
            return true;
        }
        problems.unexpected(
                "openapi-not-enforced",
                value,
                "a format that is enforced: " + String.join(", ", new TreeSet<>(FORMATS)),
                Nearest.hint(name, FORMATS, "say it with `pattern`, or take it out"));
        return false;
    }

    private boolean flag(Yaml value) {
        return kind(value, Yaml.Kind.BOOLEAN)
                || unexpected(value, "true or false", "write one of them without quotes");
    }

    private boolean number(Yaml value) {
        return numeric(value) || unexpected(value, "a number", "write it without quotes");
    }

    private boolean aboveZero(Yaml value) {
        return (numeric(value) && Json.of(value).decimalValue().signum() > 0)
                || unexpected(value, "a number above 0", "write one without quotes");
    }

    private boolean count(Yaml value) {
        boolean good = false;
        if (numeric(value)) {
            BigDecimal number = Json.of(value).decimalValue().stripTrailingZeros();
            good = number.signum() >= 0 && number.scale() <= 0;
        }
        return good || unexpected(value, "a whole number from 0", "write one without quotes");
    }

    private static boolean numeric(Yaml value) {
        return Json.of(value).isNumber();
    }

    private static boolean kind(Yaml value, Yaml.Kind kind) {
        return value instanceof Yaml.Text text && text.kind() == kind;
    }

    private boolean unexpected(Yaml value, String expected, String remedy) {
        problems.unexpected("openapi-form", value, expected, remedy);
        return false;
    }
}
