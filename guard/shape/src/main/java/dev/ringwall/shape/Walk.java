package dev.ringwall.shape;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One walk over one value: where it stands, what it found first, and how much work it may still do. Used by one thread, once.
final class Walk {

    /// Schemas looked at for one value; a schema that branches at each level could ask for any number.
    static final int STEPS_MAX = 500_000;

    /// Schemas inside each other; deeper than any value that is read can lead without going in circles.
    static final int NESTED_MAX = 1_000;

    private final List<Object> path = new ArrayList<>();
    private final @Nullable List<Drop> drops;
    private Verdict.@Nullable Broken found;
    private int steps;
    private int nested;
    private int quiet;
    private int firm;

    /// A member that nobody declared.
    record Drop(int object, int member, String pointer) {}

    private Walk(@Nullable List<Drop> drops) {
        this.drops = drops;
    }

    /// Undeclared members are refused.
    static Walk strict() {
        return new Walk(null);
    }

    /// Undeclared members are noted, to be dropped.
    static Walk trimming() {
        return new Walk(new ArrayList<>());
    }

    /// Begins with one schema; false when there is no more work to be had.
    boolean begin() {
        if (++steps > STEPS_MAX || ++nested > NESTED_MAX) {
            quiet = 0;
            found = null;
            steps = STEPS_MAX + 1;
            return broken(Keywords.MAX_WORK);
        }
        return true;
    }

    void end() {
        nested--;
    }

    void into(Object nameOrIndex) {
        path.add(nameOrIndex);
    }

    void back() {
        path.removeLast();
    }

    /// Notes what is broken here. Always false, so that a check can return it.
    boolean broken(String keyword) {
        if (quiet == 0 && found == null) {
            found = new Verdict.Broken(pointer(), keyword);
        }
        return false;
    }

    /// Notes what is broken at a member. Always false.
    boolean broken(String member, String keyword) {
        into(member);
        broken(keyword);
        back();
        return false;
    }

    /// Whether work is used up: nothing that was found since means anything.
    boolean exhausted() {
        return steps > STEPS_MAX;
    }

    /// Tries a branch: what does not fit there says nothing, and what would be dropped there is forgotten if it does not fit.
    boolean tries(Schema schema, Value value, @Nullable Marks marks) {
        int before = drops == null ? 0 : drops.size();
        quiet++;
        boolean fits = schema.fits(value, marks, this);
        quiet = Math.max(0, quiet - 1);
        if (!fits && drops != null) {
            drops.subList(before, drops.size()).clear();
        }
        return fits;
    }

    /// Asks whether a schema fits as it stands: nothing is dropped to make it fit.
    boolean asks(Schema schema, Value value, @Nullable Marks marks) {
        firm++;
        boolean fits = tries(schema, value, marks);
        firm--;
        return fits;
    }

    /// Whether undeclared members are dropped here.
    boolean trims() {
        return drops != null && firm == 0;
    }

    /// An undeclared member: dropped where that is the rule, broken elsewhere.
    boolean undeclared(Value.Members object, int member, String keyword) {
        String name = object.names().get(member);
        if (drops == null || !trims()) {
            return broken(name, keyword);
        }
        into(name);
        drops.add(new Drop(object.number(), member, pointer()));
        back();
        return true;
    }

    List<Drop> drops() {
        return drops == null ? List.of() : List.copyOf(drops);
    }

    Verdict verdict() {
        return found == null ? Verdict.FITS : found;
    }

    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (Object part : path) {
            pointer.append('/').append(Pointer.escaped(part.toString()));
        }
        return Pointer.clipped(pointer.toString());
    }
}
