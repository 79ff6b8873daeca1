package dev.ringwall.reading;

import dev.ringwall.model.OperationName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Names that the author gives to things: one form for services, roles, verbs and data.
final class Named {

    /// Names in one map.
    static final int NAMES_MAX = 2_000;

    static final String FORM = "a name of small letters, digits and hyphens, such as order-line";

    private Named() {}

    /// The entries of a map from names to things; wrong names are reported and left out.
    static List<Yaml.Entry> entries(Yaml value, String what, Problems problems) {
        if (!(value instanceof Yaml.Mapping mapping)) {
            problems.unexpected(
                    "wrong-type",
                    value,
                    "a map of names under `" + what + "`",
                    "write `name: { … }`");
            return List.of();
        }
        if (mapping.entries().size() > NAMES_MAX) {
            problems.error(
                    "too-large",
                    mapping.line(),
                    mapping.entries().size()
                            + " names in `"
                            + what
                            + "` (expected: at most "
                            + NAMES_MAX
                            + ")",
                    "declare fewer");
            return List.of();
        }
        List<Yaml.Entry> good = new ArrayList<>();
        for (Yaml.Entry entry : mapping.entries().values()) {
            if (isName(entry.key(), problems)) {
                good.add(entry);
            }
        }
        return good;
    }

    /// Whether the text has the form of a name; it is reported when it has not.
    static boolean isName(Yaml.Text text, Problems problems) {
        if (OperationName.WORD.matcher(text.value()).matches()) {
            return true;
        }
        problems.unexpected("bad-name", text, FORM, remedy(text.value()));
        return false;
    }

    private static String remedy(String written) {
        String proposal =
                written.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^[^a-z]+|-+$", "");
        return OperationName.WORD.matcher(proposal).matches()
                ? "write `" + proposal + "`"
                : "begin with a letter and use at most 63 characters";
    }
}
