package dev.ringwall.admin;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// In which order resources are listed (RFC 7644 §3.4.2.3): by one attribute, and by id where that is the same. What has no value comes last, or
/// first where the order is descending.
record ScimSort(ScimPath by, boolean descending) {

    /// So much of a value is compared, in characters.
    static final int KEY_CHARACTERS_MAX = 128;

    /// The order that is asked for; empty where none is.
    static Optional<ScimSort> of(AdminRequest request, List<ScimAttribute> known) {
        String by = request.query().getOrDefault("sortBy", "");
        if (by.isEmpty()) {
            return Optional.empty();
        }
        ScimPath path = ScimPath.plain(by, known);
        boolean whole =
                path.sub().isEmpty()
                        && path.attribute().type() == ScimAttribute.Type.COMPLEX
                        && ScimAttribute.named(path.attribute().sub(), "value").isEmpty();
        if (whole || path.last().access() == ScimAttribute.Access.WRITE_ONLY) {
            throw Refused.path("nothing is sorted by `" + path.last().name() + "`");
        }
        return Optional.of(
                new ScimSort(
                        path,
                        switch (request.query()
                                .getOrDefault("sortOrder", "ascending")
                                .toLowerCase(Locale.ROOT)) {
                            case "ascending" -> false;
                            case "descending" -> true;
                            default ->
                                    throw Refused.unusable(
                                            "not an order (expected: ascending or descending)");
                        }));
    }

    /// Where one resource belongs.
    ///
    /// @param key empty where there is no value
    record Place(Optional<String> key, String id) {}

    Place place(ObjectNode resource) {
        return new Place(key(resource), resource.path("id").asString(""));
    }

    Comparator<Place> order() {
        Comparator<Optional<String>> keys =
                Comparator.comparing(
                        (Optional<String> key) -> key.orElse(null),
                        Comparator.nullsLast(Comparator.naturalOrder()));
        return Comparator.comparing(Place::key, descending ? keys.reversed() : keys)
                .thenComparing(Place::id);
    }

    private Optional<String> key(ObjectNode resource) {
        JsonNode at = resource.path(by.attribute().name());
        JsonNode one = at.isArray() ? primary(at) : at;
        JsonNode value =
                one.isObject() ? one.path(by.sub().map(ScimAttribute::name).orElse("value")) : one;
        return Optional.of(value.isBoolean() ? value.toString() : value.asString(""))
                .filter(text -> !text.isEmpty())
                .map(this::folded)
                .map(text -> text.substring(0, Math.min(KEY_CHARACTERS_MAX, text.length())));
    }

    /// Of several values the primary one counts, and the first where none is.
    private static JsonNode primary(JsonNode values) {
        for (JsonNode each : values) {
            if (each.path("primary").asBoolean(false)) {
                return each;
            }
        }
        return values.path(0);
    }

    private String folded(String text) {
        String name = by.last().name();
        if (name.equals("created")) {
            return instant(text);
        }
        return name.equals("id") || name.equals("externalId")
                ? text
                : text.toLowerCase(Locale.ROOT);
    }

    private static String instant(String text) {
        try {
            return "%019d".formatted(Instant.parse(text).toEpochMilli());
        } catch (DateTimeParseException notOne) {
            return text;
        }
    }
}
