package dev.ringwall.shape;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A JSON value as it was read. Numbers of the same value are equal however they were written.
sealed interface Value {

    /// A string.
    record Text(String text) implements Value {}

    /// A number; `decimal` is absent when `whole` says it all.
    record Numeric(long whole, @Nullable BigDecimal decimal) implements Value {

        static Numeric of(BigDecimal exact) {
            BigDecimal plain = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
            return (plain.scale() <= 0 && plain.precision() - plain.scale() <= 18)
                    ? new Numeric(plain.longValueExact(), null)
                    : new Numeric(0, plain);
        }

        boolean integral() {
            return decimal == null || decimal.scale() <= 0;
        }

        BigDecimal exact() {
            return decimal == null ? BigDecimal.valueOf(whole) : decimal;
        }
    }

    /// `true` or `false`.
    record Truth(boolean value) implements Value {}

    /// `null`.
    enum Nothing implements Value {
        NULL
    }

    /// An array.
    record Items(List<Value> items) implements Value {}

    /// An object; names are unique and in the order of the text.
    ///
    /// @param number which of the text's objects it is, in the order in which they begin
    record Members(List<String> names, List<Value> values, int number) implements Value {

        /// The member of that name; absent when there is none.
        @Nullable Value at(String name) {
            int index = names.indexOf(name);
            return index < 0 ? null : values.get(index);
        }
    }
}
