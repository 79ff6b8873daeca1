package dev.ringwall.shape;

import java.util.function.Function;

/// The schema of bodies of one media type, compiled. Any thread may use it.
public final class BodyCheck {

    private final Schema schema;
    private final Function<byte[], JsonText.Parsed> reading;

    BodyCheck(Schema schema) {
        this(schema, json -> JsonText.read(json, JsonLimits.MESSAGE));
    }

    private BodyCheck(Schema schema, Function<byte[], JsonText.Parsed> reading) {
        this.schema = schema;
        this.reading = reading;
    }

    /// Compiles a schema of JSON that stands for itself.
    ///
    /// @throws IllegalArgumentException when the text is no schema; the reader of declarations refuses such
    public static BodyCheck of(String schema) {
        return new BodyCheck(SchemaCompiler.compile(schema));
    }

    /// Compiles a schema of forms (`application/x-www-form-urlencoded`).
    ///
    /// @throws IllegalArgumentException when the text is no schema; the reader of declarations refuses such
    public static BodyCheck ofForms(String schema) {
        Value root = SchemaCompiler.parse(schema);
        FormText form = new FormText(ParameterText.of(root));
        return new BodyCheck(SchemaCompiler.compile(root), form::read);
    }

    /// Holds a whole body against the schema. The bytes are not kept.
    public Verdict check(byte[] body) {
        return switch (reading.apply(body)) {
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
