package dev.ringwall.shape;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A compiled schema: checks that are made in order until one does not fit. Schemas may lead back to themselves, so the checks come in a
/// second step; after that it is immutable and any thread may use it.
final class Schema {

    /// Anything fits.
    static final Schema ANYTHING = new Schema(List.of());

    /// Nothing fits.
    static final Schema NOTHING = new Schema(List.of((value, marks, walk) -> walk.broken("false")));

    private Check[] checks = new Check[0];

    /// To be completed.
    Schema() {}

    private Schema(List<Check> checks) {
        complete(checks);
    }

    void complete(List<Check> all) {
        checks = all.toArray(new Check[0]);
    }

    boolean fits(Value value, @Nullable Marks marks, Walk walk) {
        if (!walk.begin()) {
            return false;
        }
        boolean fits = true;
        for (Check check : checks) {
            if (!check.fits(value, marks, walk)) {
                fits = false;
                break;
            }
        }
        walk.end();
        return fits && !walk.exhausted();
    }
}
