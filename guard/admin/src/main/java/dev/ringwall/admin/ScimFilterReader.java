package dev.ringwall.admin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads filters (RFC 7644 §3.4.2.2, figure 1). `not` binds closest, then `and`, then `or`.
final class ScimFilterReader {

    /// The longest that is read, in characters.
    static final int LENGTH_MAX = 1_000;

    /// So many comparisons one may have.
    static final int TERMS_MAX = 30;

    /// So deep brackets may stand in each other.
    static final int DEPTH_MAX = 10;

    private static final Map<String, ScimFilter.Operator> OPERATORS =
            Map.of(
                    "eq", ScimFilter.Operator.EQ,
                    "ne", ScimFilter.Operator.NE,
                    "co", ScimFilter.Operator.CO,
                    "sw", ScimFilter.Operator.SW,
                    "ew", ScimFilter.Operator.EW,
                    "gt", ScimFilter.Operator.GT,
                    "ge", ScimFilter.Operator.GE,
                    "lt", ScimFilter.Operator.LT,
                    "le", ScimFilter.Operator.LE);

    private final String text;
    private List<ScimAttribute> known;
    private int at;
    private int terms;
    private int depth;

    private ScimFilterReader(String text, List<ScimAttribute> known) {
        this.text = text;
        this.known = known;
    }

    static ScimFilter read(String text, List<ScimAttribute> known) {
        if (text.length() > LENGTH_MAX) {
            throw Refused.filter("the filter is too long (expected: at most " + LENGTH_MAX + ")");
        }
        ScimFilterReader reader = new ScimFilterReader(text, known);
        ScimFilter filter = reader.either();
        reader.spaces();
        if (reader.at < text.length()) {
            throw reader.unreadable("`and`, `or` or the end");
        }
        return filter;
    }

    private ScimFilter either() {
        ScimFilter filter = both();
        while (word("or")) {
            filter = new ScimFilter.Or(filter, both());
        }
        return filter;
    }

    private ScimFilter both() {
        ScimFilter filter = one();
        while (word("and")) {
            filter = new ScimFilter.And(filter, one());
        }
        return filter;
    }

    private ScimFilter one() {
        if (word("not")) {
            expect('(');
            return new ScimFilter.Not(bracketed(')'));
        }
        if (sign('(')) {
            return bracketed(')');
        }
        return term();
    }

    private ScimFilter bracketed(char end) {
        if (++depth > DEPTH_MAX) {
            throw Refused.filter("brackets too deep (expected: at most " + DEPTH_MAX + ")");
        }
        ScimFilter filter = either();
        expect(end);
        depth--;
        return filter;
    }

    private ScimFilter term() {
        if (++terms > TERMS_MAX) {
            throw Refused.filter("too many comparisons (expected: at most " + TERMS_MAX + ")");
        }
        spaces();
        int start = at;
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        ScimPath path = path(text.substring(start, at));
        if (path.last().access() == ScimAttribute.Access.WRITE_ONLY) {
            throw Refused.filter("what is never shown cannot be compared");
        }
        if (path.sub().isEmpty() && path.attribute().many() && sign('[')) {
            List<ScimAttribute> outside = known;
            known = path.attribute().sub();
            ScimFilter inside = bracketed(']');
            known = outside;
            return new ScimFilter.Within(path, inside);
        }
        if (word("pr")) {
            return new ScimFilter.Present(path);
        }
        spaces();
        int from = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        ScimFilter.Operator operator =
                OPERATORS.get(text.substring(from, at).toLowerCase(Locale.ROOT));
        if (operator == null) {
            at = from;
            throw unreadable("eq, ne, co, sw, ew, gt, ge, lt, le or pr");
        }
        return new ScimFilter.Compare(path, operator, value());
    }

    private ScimPath path(String name) {
        try {
            return ScimPath.plain(name, known);
        } catch (Refused unknown) {
            throw Refused.filter(unknown.detail());
        }
    }

    /// A value as JSON writes it (RFC 7644 §3.4.2.2 "compValue").
    private JsonNode value() {
        spaces();
        int start = at;
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
        } else {
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
        }
        if (start == at || at > text.length()) {
            at = start;
            throw unreadable("a value");
        }
        try {
            JsonNode value = StrictJson.JSON.readTree(text.substring(start, at));
            if (value.isString() || value.isBoolean() || value.isNull()) {
                return value;
            }
        } catch (JacksonException notOne) {
            // said below
        }
        at = start;
        throw unreadable("a text in quotes, true, false or null");
    }

    private boolean word(String word) {
        spaces();
        int end = at + word.length();
        boolean there =
                text.regionMatches(true, at, word, 0, word.length())
                        && (end == text.length() || !isName(text.charAt(end)));
        if (there) {
            at = end;
        }
        return there;
    }

    private boolean sign(char sign) {
        spaces();
        boolean there = at < text.length() && text.charAt(at) == sign;
        if (there) {
            at++;
        }
        return there;
    }

    private void expect(char sign) {
        if (!sign(sign)) {
            throw unreadable("`" + sign + "`");
        }
    }

    private void spaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c)
                || c == '.'
                || c == ':'
                || c == '_'
                || c == '-'
                || c == '$';
    }

    private Refused unreadable(String expected) {
        return Refused.filter(
                "the filter cannot be read at character "
                        + (at + 1)
                        + " (expected: "
                        + expected
                        + ")");
    }
}
