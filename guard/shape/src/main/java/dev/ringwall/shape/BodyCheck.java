package dev.ringwall.shape;

/// The schema of JSON bodies, compiled. Any thread may use it.
public final class BodyCheck {

    private final Schema schema;

    BodyCheck(Schema schema) {
        this.schema = schema;
    }

    /// Compiles a schema that stands for itself.
    ///
    /// @throws IllegalArgumentException when the text is no schema; the reader of declarations refuses such
    public static BodyCheck of(String schema) {
        return new BodyCheck(SchemaCompiler.compile(schema));
    }

    /// Holds a whole body against the schema. The bytes are not kept.
    public Verdict check(byte[] json) {
        return switch (JsonText.read(json, JsonLimits.MESSAGE)) {
            case JsonText.Parsed.Unfit(Verdict.Broken why) -> why;
            case JsonText.Parsed.Read(Value value) -> check(value);
        };
    }

    Verdict check(Value value) {
        Walk walk = Walk.strict();
        boolean fits = schema.fits(value, null, walk);
        return fits ? Verdict.FITS : walk.verdict();
    }
}
