package dev.ringwall.shape;

/// The words of a refusal that are no keywords of JSON Schema. Stable: they stand in the log.
final class Keywords {

    /// Not JSON, or JSON that programs read differently.
    static final String JSON = "json";

    /// Not a form, or one that programs read differently.
    static final String FORM = "form";

    /// Not UTF-8.
    static final String UTF_8 = "utf-8";

    static final String MAX_DEPTH = "max-depth";
    static final String MAX_VALUES = "max-values";
    static final String MAX_NAME = "max-name";
    static final String MAX_STRING = "max-string";
    static final String MAX_NUMBER = "max-number";

    /// Holding it against the schema would take too long.
    static final String MAX_WORK = "max-work";

    /// A parameter that must be there and is not.
    static final String REQUIRED = "required";

    /// A parameter that nobody declared.
    static final String UNDECLARED = "undeclared";

    /// A parameter that stands there more than once.
    static final String REPEATED = "repeated";

    /// A list or map that is not written in its style, or that reads two ways.
    static final String STYLE = "style";

    private Keywords() {}
}
