package dev.ringwall.reading;

/// How a schema stands to the value that it speaks of, which decides whether members that it does not name are refused.
enum SchemaPlace {
    /// It alone says what the value is: members that neither it nor its parts name are refused.
    WHOLE,
    /// It is one of several that speak of the same value; the whole of them is closed, not each.
    PART,
    /// It is a question and not a statement (`not`, `if`, `contains`): closing it would turn answers around.
    ASKED;

    /// For what speaks of the same value.
    SchemaPlace part() {
        return this == ASKED ? ASKED : PART;
    }

    /// For what speaks of a member or an item.
    SchemaPlace inside() {
        return this == ASKED ? ASKED : WHOLE;
    }
}
