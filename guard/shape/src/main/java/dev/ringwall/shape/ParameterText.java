package dev.ringwall.shape;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the text of a parameter as the value that its schema asks for. A parameter is text; where the schema wants something else, it is
/// read as that, if it is written so: `1`, but not `01`, `+1` or `1e0`.
final class ParameterText {

    private static final int DIGITS_MAX = 18;

    private final BodyCheck whole;
    private final BodyCheck items;
    private final Map<String, BodyCheck> members = new LinkedHashMap<>();
    private final Map<String, ParameterText> lists = new HashMap<>();

    private ParameterText(Value root, Value schema) {
        this.whole = new BodyCheck(SchemaCompiler.compile(root, schema));
        Keys form = new Keys(SchemaCompiler.resolved(root, schema));
        Value each = form.at("items");
        this.items = each == null ? new BodyCheck(Schema.ANYTHING) : within(root, each);
        if (form.has("properties")) {
            Keys properties = new Keys(form.needed("properties"));
            properties.names().forEach(name -> member(root, name, properties.needed(name)));
        }
    }

    static ParameterText of(Value schema) {
        return new ParameterText(schema, schema);
    }

    private void member(Value root, String name, Value schema) {
        members.put(name, within(root, schema));
        if (SchemaCompiler.resolved(root, schema) instanceof Value.Members form
                && form.at("type") instanceof Value.Text(String type)
                && type.equals("array")) {
            lists.put(name, new ParameterText(root, form));
        }
    }

    Set<String> members() {
        return members.keySet();
    }

    /// Compiles a part of a schema, which may refer to the definitions of the whole.
    private static BodyCheck within(Value root, Value part) {
        return new BodyCheck(SchemaCompiler.compile(root, part));
    }

    Value plain(String text) {
        return typed(text, whole);
    }

    Value items(List<String> texts) {
        return new Value.Items(texts.stream().map(text -> typed(text, items)).toList());
    }

    /// `r,100,g,200`; absent when that are no pairs.
    @Nullable Value pairs(List<String> texts) {
        List<String> names = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            add(texts.get(i), texts.get(i + 1), names, values);
        }
        return (texts.size() % 2 == 0 && names.size() == Set.copyOf(names).size())
                ? new Value.Members(names, values, 0)
                : null;
    }

    /// `r=100,g=200`; absent when that are none.
    @Nullable Value assignments(List<String> texts) {
        List<String> parts = new ArrayList<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                return null;
            }
            parts.add(text.substring(0, equals));
            parts.add(text.substring(equals + 1));
        }
        return pairs(parts);
    }

    /// A member that is written once, or as often as its list has items; absent when it stands there more often.
    @Nullable Value member(String name, List<String> texts) {
        ParameterText list = lists.get(name);
        if (list != null) {
            return list.items(texts);
        }
        if (texts.size() > 1) {
            return null;
        }
        BodyCheck check = members.get(name);
        return check == null ? new Value.Text(texts.getFirst()) : typed(texts.getFirst(), check);
    }

    private void add(String name, String text, List<String> names, List<Value> values) {
        BodyCheck check = members.get(name);
        names.add(name);
        values.add(check == null ? new Value.Text(text) : typed(text, check));
    }

    /// The reading that fits; where none does, the one of the type that is asked for, so that it is said what is broken.
    private static Value typed(String text, BodyCheck check) {
        Value plain = new Value.Text(text);
        Value other = number(text);
        if (other == null && (text.equals("true") || text.equals("false"))) {
            other = new Value.Truth(text.equals("true"));
        }
        if (other == null) {
            return plain;
        }
        return switch (check.check(other)) {
            case Verdict.Fits() -> other;
            case Verdict.Broken(_, String keyword) ->
                    keyword.equals("type") || check.check(plain) instanceof Verdict.Fits
                            ? plain
                            : other;
        };
    }

    private static @Nullable Value number(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        int end = point < 0 ? text.length() : point;
        boolean whole = digits(text, at, end) && (text.charAt(at) != '0' || end == at + 1);
        boolean fraction = point < 0 || digits(text, point + 1, text.length());
        return (whole && fraction) ? Value.Numeric.of(new BigDecimal(text)) : null;
    }

    private static boolean digits(String text, int from, int to) {
        if (from >= to || to - from > DIGITS_MAX) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!Formats.digit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
