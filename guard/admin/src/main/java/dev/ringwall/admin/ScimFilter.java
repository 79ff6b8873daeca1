package dev.ringwall.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Which resources are meant (RFC 7644 §3.4.2.2). It is a tree of values that were read and checked; no part of it becomes a statement
/// of a database.
sealed interface ScimFilter {

    /// Whether the resource, or the one value of several, is meant.
    boolean fits(JsonNode resource);

    /// Both.
    record And(ScimFilter one, ScimFilter other) implements ScimFilter {
        @Override
        public boolean fits(JsonNode resource) {
            return one.fits(resource) && other.fits(resource);
        }
    }

    /// One of both.
    record Or(ScimFilter one, ScimFilter other) implements ScimFilter {
        @Override
        public boolean fits(JsonNode resource) {
            return one.fits(resource) || other.fits(resource);
        }
    }

    /// Not that.
    record Not(ScimFilter what) implements ScimFilter {
        @Override
        public boolean fits(JsonNode resource) {
            return !what.fits(resource);
        }
    }

    /// There is a value.
    record Present(ScimPath path) implements ScimFilter {
        @Override
        public boolean fits(JsonNode resource) {
            return values(path, resource).stream()
                    .anyMatch(value ->
                            !value.isNull() && !(value.isString() && value.asString().isEmpty()));
        }
    }

    /// One of several values is meant by another filter: `emails[type eq "work"]`.
    record Within(ScimPath path, ScimFilter what) implements ScimFilter {
        @Override
        public boolean fits(JsonNode resource) {
            return values(path, resource).stream().anyMatch(what::fits);
        }
    }

    /// A value compares so.
    record Compare(ScimPath path, Operator operator, JsonNode with) implements ScimFilter {
        @Override
        public boolean fits(JsonNode resource) {
            List<JsonNode> values = values(path, resource);
            return operator == Operator.NE
                    ? values.stream().noneMatch(value -> compares(value, Operator.EQ))
                    : values.stream().anyMatch(value -> compares(value, operator));
        }

        private boolean compares(JsonNode value, Operator how) {
            JsonNode found = value.isObject() ? value.path("value") : value;
            if (found.isBoolean()) {
                // some send booleans as texts
                return how == Operator.EQ
                        && String.valueOf(found.asBoolean())
                                .equals(with.asString("").toLowerCase(Locale.ROOT));
            }
            if (!found.isString() || !with.isString()) {
                return false;
            }
            boolean exact =
                    path.last().name().equals("id") || path.last().name().equals("externalId");
            String left = exact ? found.asString() : found.asString().toLowerCase(Locale.ROOT);
            String right = exact ? with.asString() : with.asString().toLowerCase(Locale.ROOT);
            return switch (how) {
                case EQ, NE -> left.equals(right);
                case CO -> left.contains(right);
                case SW -> left.startsWith(right);
                case EW -> left.endsWith(right);
                case GT -> left.compareTo(right) > 0;
                case GE -> left.compareTo(right) >= 0;
                case LT -> left.compareTo(right) < 0;
                case LE -> left.compareTo(right) <= 0;
            };
        }
    }

    /// How two values compare.
    enum Operator {
        EQ,
        NE,
        CO,
        SW,
        EW,
        GT,
        GE,
        LT,
        LE
    }

    /// What stands there; several where there are several.
    static List<JsonNode> values(ScimPath path, JsonNode resource) {
        List<JsonNode> values = new ArrayList<>();
        JsonNode at = resource.path(path.attribute().name());
        List<JsonNode> each = new ArrayList<>();
        if (at.isArray()) {
            at.forEach(each::add);
        } else if (!at.isMissingNode()) {
            each.add(at);
        }
        for (JsonNode one : each) {
            JsonNode value = path.sub().isPresent() ? one.path(path.sub().get().name()) : one;
            if (!value.isMissingNode()) {
                values.add(value);
            }
        }
        return values;
    }
}
