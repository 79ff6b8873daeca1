package dev.ringwall.admin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where in a resource something stands: `userName`, `name.familyName`, `emails[type eq "work"].value`, each maybe after the URN of its
/// schema (RFC 7644 §3.5.2, §3.10).
///
/// @param filter which of several values is meant
record ScimPath(ScimAttribute attribute, Optional<ScimFilter> filter, Optional<ScimAttribute> sub) {

    /// The longest that is read, in characters.
    static final int LENGTH_MAX = 500;

    /// Reads a whole path.
    static ScimPath read(String text, List<ScimAttribute> known) {
        if (text.length() > LENGTH_MAX) {
            throw Refused.path("a path is too long (expected: at most " + LENGTH_MAX + ")");
        }
        int open = text.indexOf('[');
        if (open < 0) {
            return plain(text, known);
        }
        int close = text.lastIndexOf(']');
        String rest = close < 0 ? "?" : text.substring(close + 1);
        ScimPath before = plain(text.substring(0, open), known);
        if (close < open
                || !before.attribute().many()
                || before.sub().isPresent()
                || !(rest.isEmpty() || rest.startsWith("."))) {
            throw Refused.path("not a path (expected: one like `emails[type eq \"work\"].value`)");
        }
        ScimFilter filter =
                ScimFilterReader.read(text.substring(open + 1, close), before.attribute().sub());
        return new ScimPath(
                before.attribute(),
                Optional.of(filter),
                rest.isEmpty()
                        ? Optional.empty()
                        : Optional.of(sub(before.attribute(), rest.substring(1))));
    }

    /// A path without a filter.
    static ScimPath plain(String text, List<ScimAttribute> known) {
        String lower = text.toLowerCase(Locale.ROOT);
        String enterprise = ScimAttribute.ENTERPRISE.toLowerCase(Locale.ROOT);
        if (lower.startsWith(enterprise)) {
            ScimAttribute extension =
                    ScimAttribute.named(known, ScimAttribute.ENTERPRISE)
                            .orElseThrow(() -> unknown());
            String rest = text.substring(enterprise.length());
            if (rest.isEmpty()) {
                return new ScimPath(extension, Optional.empty(), Optional.empty());
            }
            if (rest.charAt(0) != ':') {
                throw unknown();
            }
            String inside = rest.substring(1);
            int dot = inside.indexOf('.');
            ScimAttribute sub = sub(extension, dot < 0 ? inside : inside.substring(0, dot));
            if (dot < 0) {
                return new ScimPath(extension, Optional.empty(), Optional.of(sub));
            }
            sub(sub, inside.substring(dot + 1)); // there is no deeper place than this
            return new ScimPath(extension, Optional.empty(), Optional.of(sub));
        }
        String plain = text;
        for (String urn : List.of(ScimAttribute.USER, ScimAttribute.GROUP)) {
            if (lower.startsWith(urn.toLowerCase(Locale.ROOT) + ":")) {
                plain = text.substring(urn.length() + 1);
            }
        }
        int dot = plain.indexOf('.');
        String name = dot < 0 ? plain : plain.substring(0, dot);
        ScimAttribute attribute = ScimAttribute.named(known, name).orElseThrow(() -> unknown());
        return new ScimPath(
                attribute,
                Optional.empty(),
                dot < 0 ? Optional.empty() : Optional.of(sub(attribute, plain.substring(dot + 1))));
    }

    private static ScimAttribute sub(ScimAttribute attribute, String name) {
        return ScimAttribute.named(attribute.sub(), name).orElseThrow(() -> unknown());
    }

    private static Refused unknown() {
        return Refused.path("an attribute that is not known here; /scim/v2/Schemas lists them");
    }

    /// What is compared with, or written to, in the end.
    ScimAttribute last() {
        return sub.orElse(attribute);
    }
}
