package dev.ringwall.shape;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A bound on numbers. Whole numbers are compared as such where the bound is one.
final class NumberCheck implements Check {

    /// How a number stands to the bound.
    enum Bound {
        MINIMUM("minimum"),
        MAXIMUM("maximum"),
        EXCLUSIVE_MINIMUM("exclusiveMinimum"),
        EXCLUSIVE_MAXIMUM("exclusiveMaximum"),
        MULTIPLE_OF("multipleOf");

        final String keyword;

        Bound(String keyword) {
            this.keyword = keyword;
        }
    }

    private final Bound bound;
    private final BigDecimal exact;
    private final boolean small;
    private final long whole;

    NumberCheck(Bound bound, Value.Numeric limit) {
        if (bound == Bound.MULTIPLE_OF && limit.exact().signum() < 1) {
            throw new IllegalArgumentException("a multipleOf that is not above 0");
        }
        this.bound = bound;
        this.exact = limit.exact();
        this.small = limit.decimal() == null;
        this.whole = limit.whole();
    }

    @Override
    public boolean fits(Value value, @Nullable Marks marks, Walk walk) {
        if (!(value instanceof Value.Numeric number)) {
            return true;
        }
        boolean good =
                (small && number.decimal() == null) ? quick(number.whole()) : exact(number.exact());
        return good || walk.broken(bound.keyword);
    }

    private boolean quick(long number) {
        return switch (bound) {
            case MINIMUM -> number >= whole;
            case MAXIMUM -> number <= whole;
            case EXCLUSIVE_MINIMUM -> number > whole;
            case EXCLUSIVE_MAXIMUM -> number < whole;
            case MULTIPLE_OF -> number % whole == 0;
        };
    }

    private boolean exact(BigDecimal number) {
        return switch (bound) {
            case MINIMUM -> number.compareTo(exact) >= 0;
            case MAXIMUM -> number.compareTo(exact) <= 0;
            case EXCLUSIVE_MINIMUM -> number.compareTo(exact) > 0;
            case EXCLUSIVE_MAXIMUM -> number.compareTo(exact) < 0;
            case MULTIPLE_OF -> number.remainder(exact).signum() == 0;
        };
    }
}
