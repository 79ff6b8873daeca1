package dev.ringwall.shape;

import dev.ringwall.model.RequestShape;
import dev.ringwall.model.RequestShape.In;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One parameter, compiled. Immutable.
final class ParameterCheck {

    private final RequestShape.Parameter declared;
    private final String place;
    private final BodyCheck whole;
    private final ParameterText text;

    private ParameterCheck(RequestShape.Parameter declared) {
        this.declared = declared;
        this.place = declared.in().name().toLowerCase(Locale.ROOT) + " " + declared.name();
        Value schema = SchemaCompiler.parse(declared.schema());
        this.whole = new BodyCheck(SchemaCompiler.compile(schema));
        this.text = ParameterText.of(schema);
    }

    static ParameterCheck of(RequestShape.Parameter declared) {
        return new ParameterCheck(declared);
    }

    /// The names that it has in the query.
    Set<String> names() {
        return declared.form() == RequestShape.Form.FIELDS
                ? text.members()
                : Set.of(declared.name());
    }

    Verdict check(RequestParts request) {
        if (declared.form() == RequestShape.Form.FIELDS) {
            return fields(request);
        }
        List<String> values =
                switch (declared.in()) {
                    case PATH -> one(request.path().get(declared.name()));
                    case QUERY -> request.query().getOrDefault(declared.name(), List.of());
                    case HEADER -> request.headers().apply(declared.name());
                };
        if (values.isEmpty()) {
            return declared.required() ? broken(Keywords.REQUIRED) : Verdict.FITS;
        }
        return switch (declared.form()) {
            case PLAIN -> single(values) ? judged(text.plain(values.getFirst())) : repeated();
            case REPEATED -> judged(text.items(values));
            case LIST -> split(values, request, false);
            case PAIRS, ASSIGNMENTS -> split(values, request, true);
            case FIELDS -> Verdict.FITS;
        };
    }

    /// A list or map within one value.
    private Verdict split(List<String> values, RequestParts request, boolean map) {
        boolean header = declared.in() == In.HEADER;
        if (!header && !single(values)) {
            return repeated();
        }
        if (!header && request.target().toLowerCase(Locale.ROOT).contains("%2c")) {
            return broken(Keywords.STYLE);
        }
        List<String> parts = new ArrayList<>();
        for (String value : values) {
            for (String part : value.split(",", -1)) {
                parts.add(header ? part.strip() : part);
            }
        }
        Value read =
                !map
                        ? text.items(parts)
                        : declared.form() == RequestShape.Form.PAIRS
                                ? text.pairs(parts)
                                : text.assignments(parts);
        return read == null ? broken(Keywords.STYLE) : judged(read);
    }

    /// Each member of an object is a query parameter of its own.
    private Verdict fields(RequestParts request) {
        List<String> parts = new ArrayList<>();
        for (String name : text.members()) {
            List<String> values = request.query().getOrDefault(name, List.of());
            if (values.size() > 1) {
                return new Verdict.Broken("query " + Pointer.clipped(name), Keywords.REPEATED);
            }
            values.forEach(value -> {
                parts.add(name);
                parts.add(value);
            });
        }
        if (parts.isEmpty() && !declared.required()) {
            return Verdict.FITS;
        }
        Value read = text.pairs(parts);
        return read == null ? broken(Keywords.STYLE) : judged(read);
    }

    private Verdict judged(Value value) {
        return whole.check(value) instanceof Verdict.Broken(String pointer, String keyword)
                ? new Verdict.Broken(place + pointer, keyword)
                : Verdict.FITS;
    }

    private Verdict repeated() {
        return broken(Keywords.REPEATED);
    }

    private Verdict broken(String keyword) {
        return new Verdict.Broken(place, keyword);
    }

    private static boolean single(List<String> values) {
        return values.size() == 1;
    }

    private static List<String> one(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
